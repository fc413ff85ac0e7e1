// Reads calendar files as a calendar program does: a JSON array of texts in, the occurrences of
// each out, as [start, end] in UTC. Time zones are those that the files describe, not known ones.

import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const { until, files } = JSON.parse(readFileSync(0, "utf8"));
const end = new Date(until);

function* occurrences(text) {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
    const [series] = events.filter((one) => !one.isRecurrenceException());
    for (const one of events) if (one !== series) series.relateException(one);
    const starts = series.iterator();
    for (let start = starts.next(); start; start = starts.next()) {
        if (start.toJSDate() > end) return;
        const told = series.getOccurrenceDetails(start);
        yield [told.startDate, told.endDate].map((when) => when.toJSDate().toISOString());
    }
}

console.log(JSON.stringify(files.map((text) => [...occurrences(text)])));
