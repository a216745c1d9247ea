import { isProofKind, prove } from "./proof.ts";

/** What the server says when it refuses: the fields of RFC 9457 that a person can read. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    title: string,
    readonly detail: string | undefined,
    /** Members that this kind of problem adds, such as the plan as it is now. */
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
    this.name = "ApiProblem";
  }
}

/**
 * Calls our own API as the signed-in person. Adds the antiforgery header, without which the server refuses every change.
 * Where the server first wants to know who is there, the page asks the person and the call is repeated.
 * @throws ApiProblem when the server answers with anything but success.
 */
export async function call(path: `/api/${string}`, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = document.querySelector<HTMLMetaElement>('meta[name="antiforgery"]')?.content;
  if (token !== undefined) {
    headers.set("RequestVerificationToken", token);
  }
  for (let repeated = false; ; repeated = true) {
    const response = await fetch(path, { ...init, headers, credentials: "same-origin" });
    if (response.ok) {
      return response;
    }
    const problem = await problemOf(response);
    const { type } = problem.extra;
    if (repeated || !isProofKind(type) || !(await prove(type))) {
      throw problem;
    }
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const fallback = `The server answered ${response.status}.`;
  if (!(response.headers.get("content-type") ?? "").includes("problem+json")) {
    return new ApiProblem(response.status, fallback, undefined);
  }
  const { title, detail, ...extra } = (await response.json()) as { title?: string; detail?: string } & Record<string, unknown>;
  return new ApiProblem(response.status, title ?? fallback, detail, extra);
}
