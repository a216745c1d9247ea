using Facialis.Anatomy.Synthesis;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>What each muscle of the model moves in the generated face.</summary>
/// <remarks>
/// Largest ways from motion capture of twelve healthy faces (lid 9.1, smile 9.3, brow 10.6 mm); how much of them a spasm takes is assumed.
/// The way saturates with the drive: 1 - e^(-1.5 x), where x is 1 for a usual twitch.
/// </remarks>
internal sealed class FaceRig
{
    private const double Steepness = 1.5;

    // Muscle, action, share of the muscle's way (mm), or of closure for the lids.
    private static readonly (string Muscle, FaceAction Action, double Share)[] Links =
    [
        ("pretarsal_up", FaceAction.CloseLids, 0.45),
        ("preseptal_up", FaceAction.CloseLids, 0.20),
        ("pretarsal_lo", FaceAction.CloseLids, 0.20),
        ("preseptal_lo", FaceAction.CloseLids, 0.08),
        ("orbital_lat", FaceAction.CloseLids, 0.12),
        ("orbital_lat", FaceAction.RaiseCheek, 1),
        ("frontalis", FaceAction.LiftBrow, 0.2),
        ("corrugator", FaceAction.Frown, 0.5),
        ("zygomaticus", FaceAction.PullCorner, 1),
        ("lip_levators", FaceAction.LiftLip, 0.5),
        ("oris", FaceAction.PurseLip, 0.3),
        ("dao", FaceAction.LowerCorner, 0.2),
        ("mentalis", FaceAction.RaiseChin, 0.5),
    ];

    private readonly (int Muscle, FaceAction Action, double Way)[] _links;
    private readonly double[] _contraction;

    /// <summary>Prepares the rig for one face.</summary>
    /// <param name="parameters">The model.</param>
    /// <param name="ipdMm">Size of the face, mm.</param>
    /// <param name="strengths">Size of each muscle's contractions on that day, 0 for none.</param>
    public FaceRig(ModelParameters parameters, double ipdMm, double[] strengths)
    {
        Strengths = strengths;
        _contraction = new double[strengths.Length];
        _links =
        [
            .. Links.Select(link =>
            {
                var muscle = parameters.Geometry.IndexOf(link.Muscle);
                var way = link.Action == FaceAction.CloseLids ? link.Share : link.Share * parameters.Geometry.Muscles[muscle].ExcursionMm / ipdMm;
                return (muscle, link.Action, way);
            }),
        ];
    }

    /// <summary>Number of actions.</summary>
    public static int Actions { get; } = Enum.GetValues<FaceAction>().Length;

    /// <summary>Size of each muscle's contractions.</summary>
    public double[] Strengths { get; }

    /// <summary>How far a muscle goes on that drive, share of its way.</summary>
    public static double Saturate(double response) => 1 - Math.Exp(-Steepness * response);

    /// <summary>Adds what the muscles' responses move.</summary>
    /// <param name="responses">Response of each muscle, or one for all of them.</param>
    /// <param name="actions">Sums in the order of <see cref="FaceAction"/>.</param>
    public void Add(ReadOnlySpan<double> responses, Span<double> actions)
    {
        for (var m = 0; m < _contraction.Length; m++)
        {
            _contraction[m] = Strengths[m] * Saturate(responses[responses.Length == 1 ? 0 : m]);
        }

        var lids = 0.0;
        foreach (var (muscle, action, way) in _links)
        {
            if (action == FaceAction.CloseLids)
            {
                lids += way * _contraction[muscle];
            }
            else
            {
                actions[(int)action] += way * _contraction[muscle];
            }
        }

        actions[(int)FaceAction.CloseLids] += Math.Min(1, lids);
    }
}
