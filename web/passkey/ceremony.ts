import { ApiProblem, call } from "../api/call.ts";
import { creationOptions, credentialJson, requestOptions } from "./credentials.ts";

/** Makes a passkey on this device for the signed-in person. */
export async function makePasskey(name: string): Promise<void> {
  const options = await (await post("/api/identity/passkeys/options")).json();
  const made = await navigator.credentials.create({ publicKey: creationOptions(options) });
  await post("/api/identity/passkeys", { credential: credentialJson(made as PublicKeyCredential), name });
}

export interface Asking {
  /** Refuses another person's passkey, where the signed-in one is to prove it. */
  samePersonOnly?: boolean;
  /** Offers passkeys in the list under the e-mail field, and waits there. */
  conditional?: boolean;
  signal?: AbortSignal;
}

/** Asks for a passkey and signs in with it. Tells whether the one who was signed in here before goes on. */
export async function enterByPasskey(asking: Asking = {}): Promise<{ samePerson: boolean }> {
  const options = await (await post("/api/identity/sign-in/options")).json();
  asking.signal?.throwIfAborted();
  const chosen = await navigator.credentials.get({
    publicKey: requestOptions(options),
    ...(asking.conditional === true ? { mediation: "conditional" as const } : {}),
    ...(asking.signal === undefined ? {} : { signal: asking.signal }),
  });
  const answer = await post("/api/identity/sign-in", {
    credential: credentialJson(chosen as PublicKeyCredential),
    samePersonOnly: asking.samePersonOnly ?? false,
  });
  return (await answer.json()) as { samePerson: boolean };
}

/** Proves by password, or by a code of the authenticator, to be the one who is signed in. */
export async function confirmByPassword(password: string): Promise<void> {
  await post("/api/identity/confirm", { password });
}

/** A sentence for a person, whatever went wrong. */
export function inWords(fault: unknown): string {
  if (fault instanceof ApiProblem) {
    return fault.detail ?? fault.message;
  }
  switch (fault instanceof DOMException ? fault.name : "") {
    case "NotAllowedError":
      return "No passkey was chosen, or it took too long. Please try again.";
    case "InvalidStateError":
      return "This device already has a passkey for you here.";
    case "SecurityError":
      return "The browser does not allow passkeys at this address.";
    default:
      return "That did not work. Is the network there? Please try again.";
  }
}

function post(path: `/api/${string}`, body?: object): Promise<Response> {
  return call(
    path,
    body === undefined
      ? { method: "POST" }
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) },
  );
}
