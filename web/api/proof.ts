/** What the server may ask of the person before it answers a call. */
export type ProofKind = "screen-locked" | "reauthentication-required";

/** Fired on the document; whoever can show the question puts the answer in. True: proven, so the call may be repeated. */
export interface ProofAsked {
  kind: ProofKind;
  answer?: Promise<boolean>;
}

export const proofAsked = "facialis-proof-asked";

/** Lets the person prove who it is, where the page can ask for that. */
export async function prove(kind: ProofKind): Promise<boolean> {
  const asked: ProofAsked = { kind };
  document.dispatchEvent(new CustomEvent<ProofAsked>(proofAsked, { detail: asked }));
  return (await asked.answer) ?? false;
}

export function isProofKind(type: unknown): type is ProofKind {
  return type === "screen-locked" || type === "reauthentication-required";
}
