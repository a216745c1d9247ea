using System.Security.Cryptography;
using System.Text;
using Facialis.Platform.Clinics;

namespace Facialis.Clinic.FollowUps.Diary;

/// <summary>Keeps what a patient sent. The same sent twice is kept once, also where the first time broke off in the middle.</summary>
internal sealed class RecordDiary(RecordFollowUp record, DiaryLinks links, ClinicTime time, TimeProvider clock)
{
    /// <summary>Offered below the red box, which has those that are always urgent.</summary>
    public static readonly IReadOnlyList<string> Offered =
    [
        "eyelid-ptosis", "diplopia", "lagophthalmos", "dry-eye", "lacrimation-increased", "facial-paresis", "drooling", "cheek-biting",
        "injection-site-bruising", "injection-site-pain", "headache", "influenza-like-illness",
    ];

    /// <returns>Name of the text that says what is wrong, or null when all of it is kept.</returns>
    public async Task<string?> Handle(Guid linkId, Cycle cycle, DiaryTyped typed, CancellationToken cancellation)
    {
        var (given, today) = (cycle.Given, time.DayOf(clock.GetUtcNow()));
        // What waited on the device for a connection tells of the day on which it was typed.
        var seen = typed.SeenOn is { } day && day >= given && day <= today ? day : today;
        if (WhatIsWrong(typed, given, seen) is { } wrong)
        {
            return wrong;
        }

        var problem = await record.Record(typed.Id, cycle.Treatment, new FollowUpTyped
        {
            SeenOn = seen,
            Way = FollowUpWay.Diary,
            FirstEffectOn = typed.FirstEffectOn,
            BestOn = typed.BestOn,
            BestPercent = typed.BestPercent,
            Holds = typed.Holds,
            WoreOffOn = typed.WoreOffOn,
            WouldRepeat = typed.WouldRepeat,
            HadSideEffects = typed.SideEffects.Count > 0 ? "yes" : typed.NoSideEffects ? "no" : null,
            Remarks = typed.Words,
        }, cancellation);
        if (problem is not null)
        {
            return "error.days";
        }

        foreach (var effect in typed.SideEffects)
        {
            var first = effect.FirstOn ?? seen;
            var open = cycle.SideEffects.FirstOrDefault(s => s.TermId == effect.Term && s.LastOn is null);
            problem = await record.RecordSideEffect(IdOf(typed.Id, effect.Term), open?.EffectId, cycle.Treatment, new SideEffectTyped
            {
                Term = effect.Term,
                FirstOn = open is not null && effect.FirstOn is null ? open.FirstOn : first,
                LastOn = effect.LastOn,
                Severity = effect.Severity,
                Causality = Causality.Possible,
            }, cancellation);
            if (problem is not null)
            {
                return "error.days";
            }
        }

        await links.Used(linkId, cancellation);
        return null;
    }

    /// <summary>All of it is looked at before any of it is kept.</summary>
    private static string? WhatIsWrong(DiaryTyped typed, DateOnly given, DateOnly seen)
    {
        DateOnly?[] days = [typed.FirstEffectOn, typed.BestOn, typed.WoreOffOn, .. typed.SideEffects.SelectMany(s => new[] { s.FirstOn, s.LastOn })];
        if (days.Any(day => day < given || day > seen) || typed.FirstEffectOn > typed.BestOn || typed.BestOn > typed.WoreOffOn || typed.FirstEffectOn > typed.WoreOffOn
            || typed.WoreOffOn == given || typed.SideEffects.Any(s => s.LastOn < (s.FirstOn ?? s.LastOn)))
        {
            return "error.days";
        }

        return typed switch
        {
            { BestPercent: < 0 or > 100 } => "error.percent",
            { Words.Length: > RecordFollowUp.MaxText } => "error.words",
            { Holds: "yes", WoreOffOn: not null } => "error.once",
            _ => null,
        };
    }

    /// <summary>The id of a side effect's row follows from that of the entry, so that sending again makes no second one.</summary>
    private static Guid IdOf(Guid entry, string term)
    {
        var hash = SHA256.HashData([.. entry.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(term)]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // version 8 of RFC 9562: made by a rule of our own
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}

/// <summary>What a patient sent.</summary>
/// <param name="Id">UUIDv7 made with the form: the same again is the same entry.</param>
/// <param name="SeenOn">Day on which it was typed.</param>
internal sealed record DiaryTyped(
    Guid Id, DateOnly? SeenOn, DateOnly? FirstEffectOn, DateOnly? BestOn, int? BestPercent, string? Holds, DateOnly? WoreOffOn, string? WouldRepeat,
    bool NoSideEffects, IReadOnlyList<DiarySideEffect> SideEffects, string Words);

internal sealed record DiarySideEffect(string Term, DateOnly? FirstOn, DateOnly? LastOn, SideEffectSeverity Severity);
