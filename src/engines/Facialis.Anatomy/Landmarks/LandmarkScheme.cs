namespace Facialis.Anatomy.Landmarks;

/// <summary>
/// A numbered set of face landmarks and the one table that maps names to its indices. Sides are the patient's, in a picture
/// that is not mirrored.
/// </summary>
public sealed class LandmarkScheme
{
    private readonly short[] _mirror;
    private readonly SidedPoints _right;
    private readonly SidedPoints _left;

    private LandmarkScheme(
        string id, string title, int count, bool readsEachEye, short[] mirror,
        int[] rigid, int origin, int innerLipTop, int innerLipBottom, SidedPoints right, SidedPoints left, int[] compact,
        FaceOutline[] outlines)
    {
        (Id, Title, Count, ReadsEachEye, _mirror) = (id, title, count, readsEachEye, mirror);
        (Rigid, Origin, _right, _left, Compact) = (rigid, origin, right, left, compact);
        (InnerLipTop, InnerLipBottom) = (innerLipTop, innerLipBottom);
        Outlines =
        [
            .. outlines,
            new("rightLids", Closed: true, right.LidOutline), new("leftLids", Closed: true, left.LidOutline),
            new("rightBrow", Closed: right.BrowOutline.Count > 5, right.BrowOutline), new("leftBrow", Closed: left.BrowOutline.Count > 5, left.BrowOutline),
        ];
    }

    /// <summary>MediaPipe Face Mesh with refined lids, lips and irises: 478 points. The only scheme that is fully measured.</summary>
    public static LandmarkScheme MediaPipeRefined { get; } = MediaPipe("mediapipe-478-refined", "MediaPipe Face Mesh, refined", 478, readsEachEye: true);

    /// <summary>MediaPipe Face Mesh without refinement: 468 points. Its lids follow each other, so spasm is not measured with it.</summary>
    public static LandmarkScheme MediaPipePlain { get; } = MediaPipe("mediapipe-468-plain", "MediaPipe Face Mesh, unrefined", 468, readsEachEye: false);

    /// <summary>The 68 points of the iBUG 300-W annotation, as OpenFace 2 writes them.</summary>
    public static LandmarkScheme Ibug68 { get; } = BuildIbug68();

    /// <summary>Every scheme that a recording can have.</summary>
    public static IReadOnlyList<LandmarkScheme> All { get; } = [MediaPipeRefined, MediaPipePlain, Ibug68];

    /// <summary>Stable name, as files carry it.</summary>
    public string Id { get; }

    /// <summary>Name for people.</summary>
    public string Title { get; }

    /// <summary>Number of landmarks of the full set.</summary>
    public int Count { get; }

    /// <summary>True where the lids of each eye follow that eye alone, which a one-sided measure needs (measured: the unrefined mesh pulls both together).</summary>
    public bool ReadsEachEye { get; }

    /// <summary>Points that move with the skull: forehead rim, temples, nose bridge; they give head pose and scale.</summary>
    public IReadOnlyList<int> Rigid { get; }

    /// <summary>The point at the root of the nose that serves as origin.</summary>
    public int Origin { get; }

    /// <summary>Middle of the upper lip's inner edge.</summary>
    public int InnerLipTop { get; }

    /// <summary>Middle of the lower lip's inner edge; its distance from <see cref="InnerLipTop"/> is how far the mouth is open.</summary>
    public int InnerLipBottom { get; }

    /// <summary>The default selection for storage: what measuring and drawing need, ascending.</summary>
    public IReadOnlyList<int> Compact { get; }

    /// <summary>The lines that draw a face for people: its rim, nose, lips, lids and brows.</summary>
    public IReadOnlyList<FaceOutline> Outlines { get; }

    /// <summary>The points of one side.</summary>
    public SidedPoints Of(Side side) => side == Side.PatientRight ? _right : _left;

    /// <summary>The landmark that takes the place of <paramref name="index"/> in a mirror; itself on the midline.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not a landmark of this scheme.</exception>
    public int MirrorOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _mirror[index];
    }

    /// <summary>The scheme with that id, or null.</summary>
    public static LandmarkScheme? Find(string id) => All.FirstOrDefault(scheme => scheme.Id == id);

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static LandmarkScheme MediaPipe(string id, string title, int count, bool readsEachEye)
    {
        var mirror = MeshMirror.Build(count);
        var right = new SidedPoints
        {
            OuterCanthus = 33,
            InnerCanthus = 133,
            UpperLid = [161, 160, 159, 158, 157],
            LowerLid = [163, 144, 145, 153, 154],
            LidOutline = [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7],
            Brow = [70, 63, 105, 66, 107],
            BrowOutline = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46],
            MouthCorner = 61,
            MouthCornerArea = [61, 185, 146, 78, 191, 95],
            Cheek = [205, 50, 101, 118, 36],
            Chin = [149, 150, 136, 172],
            Iris = count >= 478 ? [468, 469, 470, 471, 472] : [],
        };
        var left = right.Mirrored(i => mirror[i]);
        // Not MediaPipe's own pose points: those load lid corners, nostrils and cheeks, which move in a spasm.
        int[] rigid = [127, 356, 234, 454, 162, 389, 21, 251, 54, 284, 103, 332, 67, 297, 109, 338, 93, 323, 10, 151, 9, 8, 168, 6, 197, 195, 5];
        int[] lips =
        [
            61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185,
            78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191,
        ];
        int[] outline =
        [
            10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
            152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
        ];
        int[] nose = [1, 2, 4, 98, 97, 326, 327, 129, 358, 64, 294];
        var compact = Enumerable.Concat(rigid, lips).Concat(outline).Concat(nose).Concat(right.All).Concat(left.All)
            .Distinct().Order().ToArray();
        FaceOutline[] outlines =
        [
            new("rim", Closed: true, outline),
            new("noseRidge", Closed: false, [168, 6, 197, 195, 5, 4, 1]),
            new("noseBase", Closed: false, [129, 64, 98, 97, 2, 326, 327, 294, 358]),
            new("outerLips", Closed: true, lips[..20]),
            new("innerLips", Closed: true, lips[20..]),
        ];
        return new LandmarkScheme(
            id, title, count, readsEachEye, mirror, rigid, origin: 168, innerLipTop: 13, innerLipBottom: 14, right, left, compact, outlines);
    }

    private static LandmarkScheme BuildIbug68()
    {
        int[] pairedRight = [0, 1, 2, 3, 4, 5, 6, 7, 17, 18, 19, 20, 21, 31, 32, 36, 37, 38, 39, 40, 41, 48, 49, 50, 60, 61, 59, 58, 67];
        int[] pairedLeft = [16, 15, 14, 13, 12, 11, 10, 9, 26, 25, 24, 23, 22, 35, 34, 45, 44, 43, 42, 47, 46, 54, 53, 52, 64, 63, 55, 56, 65];
        var mirror = Enumerable.Range(0, 68).Select(i => (short)i).ToArray();
        for (var i = 0; i < pairedRight.Length; i++)
        {
            mirror[pairedRight[i]] = (short)pairedLeft[i];
            mirror[pairedLeft[i]] = (short)pairedRight[i];
        }

        var right = new SidedPoints
        {
            OuterCanthus = 36,
            InnerCanthus = 39,
            UpperLid = [37, 38],
            LowerLid = [41, 40],
            LidOutline = [36, 37, 38, 39, 40, 41],
            Brow = [17, 18, 19, 20, 21],
            BrowOutline = [17, 18, 19, 20, 21],
            MouthCorner = 48,
            MouthCornerArea = [48, 60],
            Cheek = [],
            Chin = [5, 6],
            Iris = [],
        };
        var left = right.Mirrored(i => mirror[i]);
        int[] rigid = [0, 1, 2, 14, 15, 16, 27, 28, 29, 30, 33, 36, 39, 42, 45];
        static int[] Row(int from, int to) => [.. Enumerable.Range(from, to - from + 1)];
        FaceOutline[] outlines =
        [
            new("rim", Closed: false, Row(0, 16)), new("noseRidge", Closed: false, Row(27, 30)), new("noseBase", Closed: false, Row(31, 35)),
            new("outerLips", Closed: true, Row(48, 59)), new("innerLips", Closed: true, Row(60, 67)),
        ];
        return new LandmarkScheme(
            "ibug-68", "68 points (OpenFace 2)", 68, readsEachEye: true, mirror, rigid, origin: 27, innerLipTop: 62, innerLipBottom: 66,
            right, left, Row(0, 67), outlines);
    }
}

/// <summary>The named landmarks of one side of the face.</summary>
public sealed record SidedPoints
{
    /// <summary>Outer corner of the eye.</summary>
    public required int OuterCanthus { get; init; }

    /// <summary>Inner corner of the eye.</summary>
    public required int InnerCanthus { get; init; }

    /// <summary>Middle of the upper lid's margin, from lateral to medial; each stands over the point of <see cref="LowerLid"/> with the same position.</summary>
    public required IReadOnlyList<int> UpperLid { get; init; }

    /// <summary>Middle of the lower lid's margin, from lateral to medial.</summary>
    public required IReadOnlyList<int> LowerLid { get; init; }

    /// <summary>The lid opening, once around from the outer canthus over the upper lid.</summary>
    public required IReadOnlyList<int> LidOutline { get; init; }

    /// <summary>Upper edge of the brow from tail to head.</summary>
    public required IReadOnlyList<int> Brow { get; init; }

    /// <summary>The brow, once around where the scheme has both edges.</summary>
    public required IReadOnlyList<int> BrowOutline { get; init; }

    /// <summary>Corner of the mouth.</summary>
    public required int MouthCorner { get; init; }

    /// <summary>The corner of the mouth and its nearest neighbours on the lips: one average of them is steadier than the corner alone.</summary>
    public required IReadOnlyList<int> MouthCornerArea { get; init; }

    /// <summary>Points over the cheek; the mesh draws them symmetric by habit, so they show context, never a one-sided measure.</summary>
    public required IReadOnlyList<int> Cheek { get; init; }

    /// <summary>Points along the jaw beside the chin; context only, as for the cheek.</summary>
    public required IReadOnlyList<int> Chin { get; init; }

    /// <summary>Centre of the iris and four points of its rim; empty where the scheme has none.</summary>
    public required IReadOnlyList<int> Iris { get; init; }

    /// <summary>Every point named here.</summary>
    public IEnumerable<int> All =>
        [OuterCanthus, InnerCanthus, .. UpperLid, .. LowerLid, .. LidOutline, .. Brow, .. BrowOutline, MouthCorner, .. MouthCornerArea, .. Cheek, .. Chin, .. Iris];

    internal SidedPoints Mirrored(Func<int, short> mirror)
    {
        int[] Across(IReadOnlyList<int> points) => [.. points.Select(p => (int)mirror(p))];
        return new SidedPoints
        {
            OuterCanthus = mirror(OuterCanthus),
            InnerCanthus = mirror(InnerCanthus),
            UpperLid = Across(UpperLid),
            LowerLid = Across(LowerLid),
            LidOutline = Across(LidOutline),
            Brow = Across(Brow),
            BrowOutline = Across(BrowOutline),
            MouthCorner = mirror(MouthCorner),
            MouthCornerArea = Across(MouthCornerArea),
            Cheek = Across(Cheek),
            Chin = Across(Chin),
            Iris = Across(Iris),
        };
    }
}
