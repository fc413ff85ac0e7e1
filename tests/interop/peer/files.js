// Downloads a message's file and opens it, as the specification says (attachments, version 2).

import { webcrypto } from "node:crypto";

const subtle = webcrypto.subtle;

// {name, type, size, sha256} of the file as its reader gets it, or null where there is none.
export async function readFile(client, content) {
    const uri = content.file?.url ?? content.url;
    if (!uri) return null;
    const body = await download(client, uri);
    const bytes = content.file ? await decrypt(body, content.file) : body;
    return {
        name: content.filename ?? content.body,
        type: content.info?.mimetype ?? null,
        size: bytes.byteLength,
        sha256: Buffer.from(await subtle.digest("SHA-256", bytes)).toString("hex"),
    };
}

async function download(client, uri) {
    const address = client.mxcUrlToHttp(uri, undefined, undefined, undefined, false, true, true);
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
    if (!answer.ok) throw new Error(`the file cannot be downloaded: ${answer.status}`);
    return answer.arrayBuffer();
}

async function decrypt(body, file) {
    const hash = Buffer.from(await subtle.digest("SHA-256", body)).toString("base64");
    if (hash.replace(/=+$/, "") !== file.hashes.sha256) throw new Error("the file is not the one announced");
    const key = await subtle.importKey("jwk", file.key, "AES-CTR", false, ["decrypt"]);
    const counter = Buffer.from(file.iv, "base64");
    return subtle.decrypt({ name: "AES-CTR", counter, length: 64 }, key, body);
}
