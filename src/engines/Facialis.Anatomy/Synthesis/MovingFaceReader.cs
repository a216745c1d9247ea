using System.Numerics;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;

namespace Facialis.Anatomy.Synthesis;

/// <summary>Reads a generated recording frame by frame; holds one frame, whatever the length.</summary>
internal sealed class MovingFaceReader : FaceRecordingReader
{
    // Noise at jitter 1, SD in interocular distances, fitted to measurement.md 1.4 (still picture, sensor noise 5 grey levels).
    private const double PointNoise = 0.0023;
    private const double CornerNoise = 0.0026;

    private readonly FaceScript _script;
    private readonly MovingFaceOptions _options;
    private readonly PlantedMovement[] _movements;
    private readonly List<PlantedMovement> _active = [];
    private readonly Expressions _expressions;
    private readonly Vector3[] _rest;
    private readonly Vector3[] _now;
    private readonly int[] _place;
    private readonly SeededChance _noise;
    private readonly SeededChance _drops;
    private readonly double[] _phases;
    private readonly float[] _amplitudes = new float[Expressions.Count];
    private readonly FaceMotion? _motion;
    private readonly FacePose _pose;
    private readonly float[] _normals;
    private bool _hasNormals;
    private int _nextMovement;
    private int _frame;

    public MovingFaceReader(FaceScript script, long seed, MovingFaceOptions options, RecordingHeader header, FaceMotion? motion)
    {
        (_script, _options, _motion, Header) = (script, options, motion, header);
        _pose = new FacePose(_amplitudes);
        _movements = [.. script.Movements.OrderBy(m => m.StartSeconds)];
        var indices = header.LandmarkIndices;
        var face = FaceShape.Of(options.FaceSeed, header.Scheme, options.Proportions);
        _rest = [.. indices.Select(i => face[i])];
        _now = new Vector3[_rest.Length];
        _normals = motion is null ? [] : new float[4 + (3 * _rest.Length)];
        _expressions = new Expressions(face, header.Scheme, indices);
        _place = Places(header.Scheme, indices, options.PictureIsMirrored);
        // Separate sources, so that losing frames does not change what the others show.
        _noise = new SeededChance(seed);
        _drops = new SeededChance(seed ^ 0x5DEECE66D);
        var sway = new SeededChance(~seed);
        _phases = [.. Enumerable.Range(0, 12).Select(_ => sway.Between(0, Math.Tau))];
    }

    public override RecordingHeader Header { get; }

    public override IReadOnlyList<ProtocolMark> Marks => _script.Marks;

    public override bool TryRead(FaceFrame frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.LandmarkCount, _rest.Length);
        while (true)
        {
            var time = _frame / _options.FramesPerSecond;
            if (time >= _script.DurationSeconds)
            {
                return false;
            }

            _frame++;
            var dropped = _options.DroppedShare > 0 && _drops.Next() < _options.DroppedShare;
            Draw(frame, time);
            if (!dropped)
            {
                return true;
            }
        }
    }

    private void Draw(FaceFrame frame, double time)
    {
        frame.TimeSeconds = time;
        frame.Brightness = (float)(128 + (3 * Math.Sin((Math.Tau * 0.11 * time) + _phases[11])));
        var (yaw, pitch, lost) = Gather(time);
        frame.HasFace = !lost;
        Move();
        Project(frame.Coordinates, time, yaw, pitch);
    }

    /// <summary>Adds up what all running movements ask of each expression and of the head.</summary>
    private (double Yaw, double Pitch, bool Lost) Gather(double time)
    {
        while (_nextMovement < _movements.Length && _movements[_nextMovement].StartSeconds <= time)
        {
            _active.Add(_movements[_nextMovement++]);
        }

        _active.RemoveAll(m => m.EndSeconds <= time);
        Array.Clear(_amplitudes);
        var (yaw, pitch, lost) = (0.0, 0.0, false);
        foreach (var movement in _active)
        {
            var shape = MovementShape.At(movement, time);
            lost |= movement.Kind == MovementKind.FaceLost;
            yaw += shape * movement.YawDegrees;
            pitch += shape * movement.PitchDegrees;
            foreach (var side in Sides.Both)
            {
                if (movement.Side is { } only && only != side)
                {
                    continue;
                }

                // Two contractions at once do not add up: the stronger one shows.
                Stronger(Expressions.Lid + (int)side, shape * (float)movement.LidClosure);
                Stronger(Expressions.Mouth + (int)side, shape * (float)movement.MouthIod);
                Stronger(Expressions.Brow + (int)side, shape * (float)movement.BrowIod);
            }

            Stronger(Expressions.Jaw, shape * (float)movement.JawIod);
            Stronger(Expressions.Pucker, shape * (float)movement.PuckerIod);
        }

        if (_motion is not null)
        {
            var half = 0.5 / _options.FramesPerSecond;
            _motion.Move(time - half, time + half, _pose);
            _hasNormals = _options.Jitter > 0 && _motion.TryFillNoise(_normals);
        }

        for (var i = 0; i < 4; i++)
        {
            _amplitudes[Expressions.CornerNoise + i] = (float)(_options.Jitter * CornerNoise * (_hasNormals ? _normals[i] : _noise.Normal()));
        }

        return (yaw, pitch, lost);
    }

    private void Stronger(int expression, float amplitude)
    {
        ref var current = ref _amplitudes[expression];
        current = Math.Abs(amplitude) > Math.Abs(current) ? amplitude : current;
    }

    private void Move()
    {
        _rest.CopyTo(_now, 0);
        for (var expression = 0; expression < Expressions.Count; expression++)
        {
            var amplitude = _amplitudes[expression];
            if (amplitude == 0)
            {
                continue;
            }

            var shift = _expressions.Of(expression);
            foreach (var i in _expressions.MovedBy(expression))
            {
                _now[i] += shift[i] * amplitude;
            }
        }

        if (_options.CrossTalk > 0)
        {
            LiftWithLids();
        }
    }

    /// <summary>What the tracker adds: a closing eye lifts the mesh below it, more on its own side (measurement.md 1.5).</summary>
    private void LiftWithLids()
    {
        var right = (float)_options.CrossTalk * _amplitudes[Expressions.Lid];
        var left = (float)_options.CrossTalk * _amplitudes[Expressions.Lid + 1];
        for (var i = 0; i < _now.Length; i++)
        {
            var below = Math.Clamp(_rest[i].Y / 0.8f, 0, 1);
            var leftness = Math.Clamp(0.5f + _rest[i].X, 0, 1);
            var ofLeft = 0.026f + (0.010f * leftness);
            var ofRight = 0.036f - (0.010f * leftness);
            _now[i].Y -= below * ((left * ofLeft) + (right * ofRight));
        }
    }

    private void Project(Span<float> coordinates, double time, double yaw, double pitch)
    {
        var sway = _options.Sway;
        double Wave(int k, double hertz) => Math.Sin((Math.Tau * hertz * time) + _phases[k]);
        yaw += sway * ((1.4 * Wave(0, 0.09)) + (0.7 * Wave(1, 0.23)));
        pitch += sway * ((1.0 * Wave(2, 0.07)) + (0.5 * Wave(3, 0.31)));
        var roll = sway * 0.9 * Wave(4, 0.11);
        var scale = _options.InterocularPixels * (1 + (sway * 0.012 * Wave(5, 0.05)));
        var centreX = (_options.ImageWidth / 2.0) + (sway * 0.05 * scale * Wave(6, 0.08));
        // The eyes stand above the middle of the picture, as faces do when they fill it.
        var centreY = (_options.ImageHeight * 0.42) + (sway * 0.03 * scale * Wave(7, 0.06));

        const float degree = MathF.PI / 180;
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, (float)roll * degree)
            * Quaternion.CreateFromAxisAngle(Vector3.UnitX, (float)pitch * degree)
            * Quaternion.CreateFromAxisAngle(Vector3.UnitY, (float)-yaw * degree);
        // The head turns about its middle, behind the face and below the eyes.
        var axis = new Vector3(0, 0.5f, 0.9f);
        var noise = _options.Jitter * PointNoise;
        for (var i = 0; i < _now.Length; i++)
        {
            var at = Vector3.Transform(_now[i] - axis, turn) + axis;
            if (_hasNormals)
            {
                var own = _normals.AsSpan(4 + (3 * i), 3);
                at += (float)noise * new Vector3(own[0], own[1], 2 * own[2]);
            }
            else if (noise > 0)
            {
                at += new Vector3((float)(noise * _noise.Normal()), (float)(noise * _noise.Normal()), (float)(2 * noise * _noise.Normal()));
            }

            var x = centreX + (scale * at.X);
            var place = 3 * _place[i];
            coordinates[place] = (float)(_options.PictureIsMirrored ? _options.ImageWidth - x : x);
            coordinates[place + 1] = (float)(centreY + (scale * at.Y));
            coordinates[place + 2] = (float)(scale * at.Z);
        }
    }

    /// <summary>Where each landmark goes in the frame: its own place, or in a mirror image the place of its counterpart.</summary>
    private static int[] Places(LandmarkScheme scheme, IReadOnlyList<int> indices, bool mirrored)
    {
        var place = new Dictionary<int, int>();
        for (var i = 0; i < indices.Count; i++)
        {
            place[indices[i]] = i;
        }

        return [.. indices.Select(i => place[mirrored ? scheme.MirrorOf(i) : i])];
    }
}
