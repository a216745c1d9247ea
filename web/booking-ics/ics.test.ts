import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";

// The same bytes that the server's tests hold its writer to.
const read = (name: string) => {
  const text = new TextDecoder().decode(readFileSync(new URL(`${name}.ics`, import.meta.url)));
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const entry = calendar.getFirstSubcomponent("vevent")!;
  return { text, calendar, entry, event: new ICAL.Event(entry) };
};

describe("an invitation as other calendars read it", () => {
  const request = read("request");
  const cancel = read("cancel");

  it("asks, and takes back what it asked for", () => {
    expect(request.calendar.getFirstPropertyValue("method")).toBe("REQUEST");
    expect(cancel.calendar.getFirstPropertyValue("method")).toBe("CANCEL");
    expect(request.calendar.getFirstPropertyValue("version")).toBe("2.0");
    expect(request.entry.getFirstPropertyValue("status")).toBe("CONFIRMED");
    expect(cancel.entry.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(cancel.event.uid).toBe(request.event.uid);
    expect(request.event.uid).toBe("019ab0de-4c5e-7000-8000-0123456789ab@facialis.invalid");
    expect([request.event.sequence, cancel.event.sequence]).toEqual([0, 1]);
  });

  it("says when, the same in every zone", () => {
    for (const { event, entry } of [request, cancel]) {
      expect(event.startDate.toJSDate().toISOString()).toBe("2026-12-03T08:30:00.000Z");
      expect(event.endDate.toJSDate().toISOString()).toBe("2026-12-03T09:15:00.000Z");
      expect(String(entry.getFirstPropertyValue("dtstamp"))).toBe("2026-11-22T12:00:00Z");
      expect(entry.getFirstPropertyValue("transp")).toBe("OPAQUE");
    }
  });

  it("names clinic and guest, and asks the guest for an answer", () => {
    const organiser = request.entry.getFirstProperty("organizer")!;
    expect(organiser.getFirstValue()).toBe("mailto:desk@clinic.example");
    expect(organiser.getParameter("cn")).toBe("Praxis Dr. Müller; Köln, 'Mitte'");
    const guest = request.entry.getFirstProperty("attendee")!;
    expect(guest.getFirstValue()).toBe("mailto:ruth@patient.example");
    expect([guest.getParameter("rsvp"), guest.getParameter("partstat"), guest.getParameter("role")]).toEqual(["TRUE", "NEEDS-ACTION", "REQ-PARTICIPANT"]);
  });

  it("keeps words whole over folded lines and special signs", () => {
    expect(request.event.summary).toBe("Appointment at Praxis Dr. Müller; Sankt-Georgs-Straße, Köln, dritter Stock links");
    expect(request.event.description).toBe("Thursday, 3 December 2026, 09:30\nPlease call +49 221 000, if it does not suit");
    for (const line of request.text.split("\r\n")) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    }
    expect(request.text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });
});
