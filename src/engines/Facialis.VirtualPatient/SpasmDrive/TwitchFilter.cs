namespace Facialis.VirtualPatient.SpasmDrive;

/// <summary>
/// What muscles make of the drive: a critically damped response of second order, e t/tau e^(-t/tau) to a twitch of size 1, so 1 at its peak.
/// One filter for several muscles, whose twitches may come a few milliseconds apart; exact at its steps, wherever between them a twitch fires.
/// </summary>
internal sealed class TwitchFilter
{
    private const double StillBelow = 1e-5;
    private readonly double _tau;
    private readonly double _keep;
    private readonly double _step;
    private readonly double[] _charge;
    private readonly double[] _response;

    public TwitchFilter(int muscles, double tauSeconds, double stepSeconds)
    {
        (_tau, _step, _keep) = (tauSeconds, stepSeconds / tauSeconds, Math.Exp(-stepSeconds / tauSeconds));
        (_charge, _response) = (new double[muscles], new double[muscles]);
    }

    /// <summary>Response of each muscle, in usual twitches.</summary>
    public ReadOnlySpan<double> Response => _response;

    /// <summary>True where nothing moves any more.</summary>
    public bool IsStill { get; private set; } = true;

    /// <summary>A twitch that fired a while before the step that has been reached.</summary>
    /// <param name="muscle">Muscle.</param>
    /// <param name="size">Its size.</param>
    /// <param name="agoSeconds">How long ago; 0 to one step.</param>
    public void Twitch(int muscle, double size, double agoSeconds)
    {
        var ago = agoSeconds / _tau;
        var charge = size * Math.E * Math.Exp(-ago);
        _charge[muscle] += charge;
        _response[muscle] += charge * ago;
        IsStill = false;
    }

    /// <summary>A steady drive over one step.</summary>
    public void Hold(int muscle, double drive)
    {
        // The response to a constant comes to that constant.
        _charge[muscle] += drive * _step;
        IsStill = false;
    }

    /// <summary>Goes one step on.</summary>
    public void Step()
    {
        if (IsStill)
        {
            return;
        }

        var most = 0.0;
        for (var m = 0; m < _charge.Length; m++)
        {
            _response[m] = _keep * (_response[m] + (_charge[m] * _step));
            _charge[m] *= _keep;
            most = Math.Max(most, _response[m] + _charge[m]);
        }

        if (most < StillBelow)
        {
            Array.Clear(_charge);
            Array.Clear(_response);
            IsStill = true;
        }
    }
}
