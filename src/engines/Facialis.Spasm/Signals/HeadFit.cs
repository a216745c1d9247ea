using Facialis.Anatomy.Recordings;

namespace Facialis.Spasm.Signals;

/// <summary>
/// Finds the rotation, scale and shift that lay a frame's rigid points on the reference's: head pose and distance.
/// </summary>
/// <remarks>
/// The rotation is the leading eigenvector of Horn's quaternion matrix; its eigenvalue is found by Newton's method on the
/// characteristic polynomial, started at its upper bound, and the eigenvector as a row of the adjugate.
/// Horn 1987, J. Opt. Soc. Am. A 4:629; Theobald 2005, Acta Cryst. A61:478.
/// </remarks>
internal sealed class HeadFit
{
    private readonly int[] _slots;
    private readonly double[] _reference;
    private readonly double _meanX;
    private readonly double _meanY;
    private readonly double _meanZ;
    private readonly double _referenceNorm;
    private double _frameX;
    private double _frameY;
    private double _frameZ;

    /// <param name="slots">Positions of the rigid landmarks within a frame.</param>
    /// <param name="reference">Their reference coordinates, x y z each, interocular distances.</param>
    public HeadFit(int[] slots, double[] reference)
    {
        _slots = slots;
        _reference = [.. reference];
        for (var i = 0; i < slots.Length; i++)
        {
            _meanX += reference[3 * i] / slots.Length;
            _meanY += reference[(3 * i) + 1] / slots.Length;
            _meanZ += reference[(3 * i) + 2] / slots.Length;
        }

        for (var i = 0; i < slots.Length; i++)
        {
            var x = _reference[3 * i] -= _meanX;
            var y = _reference[(3 * i) + 1] -= _meanY;
            var z = _reference[(3 * i) + 2] -= _meanZ;
            _referenceNorm += (x * x) + (y * y) + (z * z);
        }
    }

    /// <summary>Rotation times scale, row by row: takes centred pixels to centred reference units.</summary>
    public double[] Matrix { get; } = new double[9];

    /// <summary>Pixels for one reference unit.</summary>
    public double PixelsPerUnit { get; private set; }

    /// <summary>Turn to the patient's left positive or negative as the picture has it, degrees against the reference.</summary>
    public double YawDegrees { get; private set; }

    /// <summary>Nod, degrees against the reference.</summary>
    public double PitchDegrees { get; private set; }

    /// <summary>Tilt in the picture's plane, degrees against the reference.</summary>
    public double RollDegrees { get; private set; }

    /// <summary>Fits one frame; false where its points do not span a face.</summary>
    public bool Fit(FaceFrame frame)
    {
        var coordinates = frame.Coordinates;
        double sx = 0, sy = 0, sz = 0;
        foreach (var slot in _slots)
        {
            sx += coordinates[3 * slot];
            sy += coordinates[(3 * slot) + 1];
            sz += coordinates[(3 * slot) + 2];
        }

        var n = _slots.Length;
        (_frameX, _frameY, _frameZ) = (sx / n, sy / n, sz / n);
        double xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0, norm = 0;
        for (var i = 0; i < n; i++)
        {
            var at = 3 * _slots[i];
            var ax = coordinates[at] - _frameX;
            var ay = coordinates[at + 1] - _frameY;
            var az = coordinates[at + 2] - _frameZ;
            var bx = _reference[3 * i];
            var by = _reference[(3 * i) + 1];
            var bz = _reference[(3 * i) + 2];
            xx += ax * bx;
            xy += ax * by;
            xz += ax * bz;
            yx += ay * bx;
            yy += ay * by;
            yz += ay * bz;
            zx += az * bx;
            zy += az * by;
            zz += az * bz;
            norm += (ax * ax) + (ay * ay) + (az * az);
        }

        if (!(norm > 1e-6) || !double.IsFinite(norm))
        {
            return false;
        }

        // Horn's matrix, symmetric 4 by 4.
        double a = xx + yy + zz, b = yz - zy, c = zx - xz, d = xy - yx;
        double e = xx - yy - zz, f = xy + yx, g = zx + xz, h = yy - xx - zz, k = yz + zy, l = zz - xx - yy;
        var lambda = LeadingEigenvalue(a, b, c, d, e, f, g, h, k, l, Math.Sqrt(norm * _referenceNorm));

        // A row of the adjugate of (N - lambda) is the eigenvector; take the row that is not degenerate.
        if (!Eigenvector(a - lambda, b, c, d, e - lambda, f, g, h - lambda, k, l - lambda, out var q0, out var q1, out var q2, out var q3))
        {
            return false;
        }

        var scale = lambda / norm;
        PixelsPerUnit = 1 / scale;
        double r00 = (q0 * q0) + (q1 * q1) - (q2 * q2) - (q3 * q3), r01 = 2 * ((q1 * q2) - (q0 * q3)), r02 = 2 * ((q1 * q3) + (q0 * q2));
        double r10 = 2 * ((q1 * q2) + (q0 * q3)), r11 = (q0 * q0) - (q1 * q1) + (q2 * q2) - (q3 * q3), r12 = 2 * ((q2 * q3) - (q0 * q1));
        double r20 = 2 * ((q1 * q3) - (q0 * q2)), r21 = 2 * ((q2 * q3) + (q0 * q1)), r22 = (q0 * q0) - (q1 * q1) - (q2 * q2) + (q3 * q3);
        (Matrix[0], Matrix[1], Matrix[2]) = (scale * r00, scale * r01, scale * r02);
        (Matrix[3], Matrix[4], Matrix[5]) = (scale * r10, scale * r11, scale * r12);
        (Matrix[6], Matrix[7], Matrix[8]) = (scale * r20, scale * r21, scale * r22);
        const double degrees = 180 / Math.PI;
        YawDegrees = degrees * Math.Asin(Math.Clamp(-r20, -1, 1));
        PitchDegrees = degrees * Math.Atan2(r21, r22);
        RollDegrees = degrees * Math.Atan2(r10, r00);
        return scale > 0;
    }

    /// <summary>Mean reference-frame y (down) of landmarks of the frame that was fitted last.</summary>
    public double Y(ReadOnlySpan<float> coordinates, int[] slots)
    {
        var (x, y, z) = Mean(coordinates, slots);
        return (Matrix[3] * (x - _frameX)) + (Matrix[4] * (y - _frameY)) + (Matrix[5] * (z - _frameZ)) + _meanY;
    }

    /// <summary>Mean reference-frame x (to the patient's left) of landmarks of the frame that was fitted last.</summary>
    public double X(ReadOnlySpan<float> coordinates, int[] slots)
    {
        var (x, y, z) = Mean(coordinates, slots);
        return (Matrix[0] * (x - _frameX)) + (Matrix[1] * (y - _frameY)) + (Matrix[2] * (z - _frameZ)) + _meanX;
    }

    // A mean turns with the head as its points do, so that one point is turned instead of all.
    private static (double X, double Y, double Z) Mean(ReadOnlySpan<float> coordinates, int[] slots)
    {
        double x = 0, y = 0, z = 0;
        foreach (var slot in slots)
        {
            x += coordinates[3 * slot];
            y += coordinates[(3 * slot) + 1];
            z += coordinates[(3 * slot) + 2];
        }

        return (x / slots.Length, y / slots.Length, z / slots.Length);
    }

    private static double LeadingEigenvalue(
        double a, double b, double c, double d, double e, double f, double g, double h, double k, double l, double upperBound)
    {
        // det(N - x) = x^4 + p x^2 + q x + r; the trace is zero.
        var p = -((b * b) + (c * c) + (d * d) + (f * f) + (g * g) + (k * k)) + (a * e) + (a * h) + (a * l) + (e * h) + (e * l) + (h * l);
        var q = -Minor3(e, f, g, h, k, l) - Minor3(a, c, d, h, k, l) - Minor3(a, b, d, e, g, l) - Minor3(a, b, c, e, f, h);
        var r = Determinant4(a, b, c, d, e, f, g, h, k, l);
        var x = upperBound;
        for (var i = 0; i < 50; i++)
        {
            var x2 = x * x;
            var value = (x2 * x2) + (p * x2) + (q * x) + r;
            var slope = (4 * x2 * x) + (2 * p * x) + q;
            if (slope == 0)
            {
                break;
            }

            var next = x - (value / slope);
            if (Math.Abs(next - x) <= 1e-11 * Math.Abs(next))
            {
                return next;
            }

            x = next;
        }

        return x;
    }

    // Determinant of the symmetric matrix [[a,b,c],[b,d,e],[c,e,f]].
    private static double Minor3(double a, double b, double c, double d, double e, double f)
        => (a * ((d * f) - (e * e))) - (b * ((b * f) - (e * c))) + (c * ((b * e) - (d * c)));

    private static double Determinant4(double a, double b, double c, double d, double e, double f, double g, double h, double k, double l)
    {
        // [[a,b,c,d],[b,e,f,g],[c,f,h,k],[d,g,k,l]] by 2 by 2 blocks of the two upper and the two lower rows.
        double s0 = (a * e) - (b * b), s1 = (a * f) - (b * c), s2 = (a * g) - (b * d), s3 = (b * f) - (e * c), s4 = (b * g) - (e * d), s5 = (c * g) - (f * d);
        double c5 = (h * l) - (k * k), c4 = (f * l) - (g * k), c3 = (f * k) - (g * h), c2 = (c * l) - (d * k), c1 = (c * k) - (d * h), c0 = (c * g) - (d * f);
        return (s0 * c5) - (s1 * c4) + (s2 * c3) + (s3 * c2) - (s4 * c1) + (s5 * c0);
    }

    private static bool Eigenvector(
        double a, double b, double c, double d, double e, double f, double g, double h, double k, double l,
        out double q0, out double q1, out double q2, out double q3)
    {
        // Cofactors of the first row, then of the last: one of them is far from zero for any rotation.
        q0 = Minor3(e, f, g, h, k, l);
        q1 = -((b * ((h * l) - (k * k))) - (f * ((c * l) - (k * d))) + (g * ((c * k) - (h * d))));
        q2 = (b * ((f * l) - (k * g))) - (e * ((c * l) - (k * d))) + (g * ((c * g) - (f * d)));
        q3 = -((b * ((f * k) - (h * g))) - (e * ((c * k) - (h * d))) + (f * ((c * g) - (f * d))));
        var norm = (q0 * q0) + (q1 * q1) + (q2 * q2) + (q3 * q3);
        if (norm < 1e-30)
        {
            q0 = -((b * ((f * k) - (h * g))) - (e * ((c * k) - (h * d))) + (f * ((c * g) - (f * d))));
            q1 = (a * ((f * k) - (h * g))) - (b * ((c * k) - (h * d))) + (c * ((c * g) - (f * d)));
            q2 = -((a * ((e * k) - (f * g))) - (b * ((b * k) - (f * d))) + (c * ((b * g) - (e * d))));
            q3 = (a * ((e * h) - (f * f))) - (b * ((b * h) - (f * c))) + (c * ((b * f) - (e * c)));
            norm = (q0 * q0) + (q1 * q1) + (q2 * q2) + (q3 * q3);
            if (norm < 1e-30)
            {
                return false;
            }
        }

        var root = 1 / Math.Sqrt(norm);
        (q0, q1, q2, q3) = (q0 * root, q1 * root, q2 * root, q3 * root);
        return true;
    }
}
