using System.Collections.Concurrent;

namespace Facialis.Platform.Identity;

/// <summary>People whose sign-ins were ended a moment ago, so that this process refuses them with the very next request.</summary>
/// <remarks>Other processes notice at their next look at the account, within <see cref="Validity"/>; by then nothing needs to be kept here.</remarks>
internal sealed class EndedSignIns(TimeProvider clock)
{
    /// <summary>How old a look at the account may be.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string Stamp, DateTimeOffset At)> _ended = new();

    /// <param name="person">Id of the person.</param>
    /// <param name="stamp">The security stamp from now on; a cookie with another one is over.</param>
    public void Add(string person, string stamp)
    {
        _ended[person] = (stamp, clock.GetUtcNow());
        foreach (var old in _ended.Where(e => clock.GetUtcNow() - e.Value.At > Validity * 2))
        {
            _ended.TryRemove(old);
        }
    }

    public bool Has(string person, string stamp) => _ended.TryGetValue(person, out var ended) && ended.Stamp != stamp;
}
