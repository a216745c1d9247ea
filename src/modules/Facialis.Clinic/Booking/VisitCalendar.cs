using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Facialis.Clinic.Booking;

/// <param name="VisitId">Its UID comes from it, and stays.</param>
/// <param name="At">When it begins.</param>
/// <param name="Minutes">How long it takes.</param>
/// <param name="Title">What a calendar shows: nothing about health.</param>
/// <param name="Place">Where, and below it how to reach the clinic.</param>
/// <param name="Details">A few plain lines.</param>
/// <param name="OrganiserName">The clinic.</param>
/// <param name="OrganiserAddress">Its e-mail address, where answers go.</param>
/// <param name="Guest">E-mail address of the patient.</param>
/// <param name="WrittenAt">When this text was made.</param>
internal sealed record CalendarVisit(
    Guid VisitId, DateTimeOffset At, int Minutes, string Title, string Place, string Details, string OrganiserName, string OrganiserAddress, string Guest, DateTimeOffset WrittenAt);

/// <summary>A visit as an iCalendar text (RFC 5545, RFC 5546), for Outlook, Google and Apple alike.</summary>
/// <remarks>Times are in UTC: every calendar turns those right without knowing the clinic's zone by the same name.</remarks>
internal static class VisitCalendar
{
    public const string Request = "REQUEST";
    public const string Cancel = "CANCEL";

    private const string Product = "-//Facialis//Booking//EN";

    /// <summary>The address that a visit has in every calendar.</summary>
    public static string Uid(Guid visit) => $"{visit:D}@facialis.invalid";

    /// <param name="visit">The visit.</param>
    /// <param name="isCancelled">True: takes the invitation back, as its next version.</param>
    public static string Write(CalendarVisit visit, bool isCancelled)
    {
        var entry = new CalendarEvent
        {
            Uid = Uid(visit.VisitId),
            Sequence = isCancelled ? 1 : 0,
            DtStamp = Utc(visit.WrittenAt),
            Start = Utc(visit.At),
            End = Utc(visit.At.AddMinutes(visit.Minutes)),
            Summary = visit.Title,
            Location = visit.Place,
            Description = visit.Details,
            Status = isCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Opaque,
            Class = "PRIVATE",
            // A parameter is quoted where it has to be, and can then hold no quotation mark.
            Organizer = new Organizer($"mailto:{visit.OrganiserAddress}") { CommonName = visit.OrganiserName.Replace('"', '\'') },
        };
        entry.Attendees.Add(new Attendee($"mailto:{visit.Guest}")
        {
            Rsvp = !isCancelled,
            Role = ParticipationRole.RequiredParticipant,
            ParticipationStatus = EventParticipationStatus.NeedsAction,
            Type = "INDIVIDUAL",
        });
        var calendar = new Calendar { Method = isCancelled ? Cancel : Request, ProductId = Product };
        calendar.Events.Add(entry);
        return new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar could not be written.");
    }

    private static CalDateTime Utc(DateTimeOffset moment) => new(moment.UtcDateTime, CalDateTime.UtcTzId);
}
