// An independent Matrix client for the tests: one JSON object a line in, one a line out.
//
// In:  {"id": 1, "do": "say", "room": "!r", "text": "Bonjour"}
// Out: {"id": 1, "ok": "$event"} or {"id": 1, "error": "…"}, and for each event of a room
//      {"event": {room, id, sender, at, type, content, encrypted, failure, shield, poll, file}}
// where `failure` says why an event stays unreadable (it is told again once it can be read),
// `shield` is {colour, reason} as a person would see it (0: none), `poll` and `file` are what
// the library itself read in a poll's start and in an attached file. The end of the input ends it.

import { createInterface } from "node:readline";
import {
    ClientEvent,
    M_POLL_KIND_DISCLOSED,
    M_POLL_START,
    MatrixEventEvent,
    RoomEvent,
    createClient,
} from "matrix-js-sdk";
import {
    AllDevicesIsolationMode,
    CryptoEvent,
    OnlySignedDevicesIsolationMode,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import { PollResponseEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollResponseEvent.js";
import { PollStartEvent } from "matrix-js-sdk/lib/extensible_events_v1/PollStartEvent.js";
import { readFile } from "./files.js";

// Standard output belongs to the protocol: whatever the library prints goes to standard error.
for (const name of ["log", "info", "debug", "warn", "trace"]) console[name] = console.error;
process.on("unhandledRejection", (error) => console.error("unhandled", error));

let client;
const unreadable = new Set();

const tell = (value) => process.stdout.write(JSON.stringify(value) + "\n");

const actions = {
    login,
    create,
    join,
    say: ({ room, text, html, mentions }) => sendMessage(room, textMessage(text, html, mentions)),
    reply: ({ room, to, text, html, mentions }) =>
        sendMessage(room, {
            ...textMessage(text, html, mentions),
            "m.relates_to": { "m.in_reply_to": { event_id: to } },
        }),
    edit: ({ room, event, text }) =>
        sendMessage(room, {
            ...textMessage(`* ${text}`),
            "m.new_content": textMessage(text),
            "m.relates_to": { rel_type: "m.replace", event_id: event },
        }),
    react: ({ room, event, key }) =>
        send(room, "m.reaction", { "m.relates_to": { rel_type: "m.annotation", event_id: event, key } }),
    redact: async ({ room, event }) => (await client.redactEvent(room, event)).event_id,
    poll: ({ room, question, answers }) =>
        sendExtensible(room, PollStartEvent.from(question, answers, M_POLL_KIND_DISCLOSED)),
    answer: ({ room, poll, answers }) => sendExtensible(room, PollResponseEvent.from(answers, poll)),
    shield: async ({ room, event }) => shieldOf(client.getRoom(room).findEventById(event)),
};

async function login({ homeserver, user, password, strict }) {
    const session = await createClient({ baseUrl: homeserver }).loginRequest({
        type: "m.login.password",
        identifier: { type: "m.id.user", user },
        password,
    });
    client = createClient({
        baseUrl: homeserver,
        userId: session.user_id,
        deviceId: session.device_id,
        accessToken: session.access_token,
    });
    await client.initRustCrypto({ useIndexedDB: false });
    const crypto = client.getCrypto();
    crypto.setDeviceIsolationMode(
        strict ? new OnlySignedDevicesIsolationMode() : new AllDevicesIsolationMode(false),
    );
    // The first upload of an account's keys asks for no further authentication (MSC3967).
    await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload(null) });
    client.on(RoomEvent.Timeline, (event, room, toStart) => toStart || heard(event));
    client.on(MatrixEventEvent.Decrypted, (event) => unreadable.has(event.getId()) && heard(event));
    await client.startClient({ initialSyncLimit: 30 });
    await until(ClientEvent.Sync, () => client.isInitialSyncComplete());
    return { user: session.user_id, device: session.device_id };
}

async function create({ name, invite, encrypted, direct }) {
    const { room_id: room } = await client.createRoom({
        name: name ?? undefined,
        invite,
        is_direct: direct,
        preset: "private_chat",
        initial_state: encrypted
            ? [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }]
            : [],
    });
    await joined(room);
    return room;
}

// Ends once the devices of who is there are known. What a device unknown so far says first would
// stay refused: this version of the library does not try such an event again.
async function join({ room }) {
    await client.joinRoom(room);
    await joined(room);
    await until(CryptoEvent.DevicesUpdated, () => knowsDevicesIn(room));
    return room;
}

// A room known with its state: before that, the library would send in clear.
async function joined(room) {
    await until(ClientEvent.Sync, () => client.getRoom(room)?.currentState.getStateEvents("m.room.create", ""));
}

async function knowsDevicesIn(room) {
    const people = client.getRoom(room).getJoinedMembers().map((member) => member.userId);
    const devices = await client.getCrypto().getUserDeviceInfo(people);
    return people.every((person) => devices.get(person)?.size);
}

function until(happening, condition) {
    return new Promise((resolve) => {
        const look = async () => {
            if (await condition()) {
                client.off(happening, look);
                resolve();
            }
        };
        client.on(happening, look);
        look();
    });
}

function textMessage(text, html, mentions = []) {
    return {
        msgtype: "m.text",
        body: text,
        ...(html ? { format: "org.matrix.custom.html", formatted_body: html } : {}),
        "m.mentions": mentions.length ? { user_ids: mentions } : {},
    };
}

const sendMessage = (room, content) => send(room, "m.room.message", content);

async function send(room, type, content) {
    return (await client.sendEvent(room, type, content)).event_id;
}

function sendExtensible(room, event) {
    const { type, content } = event.serialize();
    return send(room, type, content);
}

async function heard(event) {
    if (event.getSender() === client.getUserId()) return;
    await client.decryptEventIfNeeded(event);
    const failure = event.isDecryptionFailure() ? event.decryptionFailureReason : null;
    if (failure) unreadable.add(event.getId());
    else unreadable.delete(event.getId());
    tell({ event: await described(event, failure) });
}

async function described(event, failure) {
    return {
        room: event.getRoomId(),
        id: event.getId(),
        sender: event.getSender(),
        at: event.getTs(),
        type: event.getType(),
        // Relations are what the event says in clear, as clients have it.
        content: { ...event.getContent(), "m.relates_to": event.getWireContent()["m.relates_to"] },
        redacts: event.event.redacts ?? event.getContent().redacts ?? null,
        encrypted: event.isEncrypted(),
        failure,
        shield: await shieldOf(event),
        poll: pollOf(event),
        file: failure ? null : await readFile(client, event.getContent()),
    };
}

async function shieldOf(event) {
    const info = await client.getCrypto().getEncryptionInfoForEvent(event);
    return info && { colour: info.shieldColour, reason: info.shieldReason };
}

function pollOf(event) {
    const poll = M_POLL_START.matches(event.getType()) ? event.unstableExtensibleEvent : null;
    return poll && {
        question: poll.question.text,
        answers: poll.answers.map(({ id, text }) => ({ id, text })),
        kind: poll.rawKind,
        max: poll.maxSelections,
    };
}

for await (const line of createInterface({ input: process.stdin })) {
    const { id, do: action, ...values } = JSON.parse(line);
    Promise.resolve(values).then((given) => actions[action](given)).then(
        (ok) => tell({ id, ok }),
        (error) => tell({ id, error: String(error) }),
    );
}
client?.stopClient();
process.exit(0);
