/** As much of Node's file functions as the tests need for the files that the C# and TypeScript tests exchange. */
declare module "node:fs" {
  export function existsSync(path: URL): boolean;
  export function readFileSync(path: URL): Uint8Array;
  export function writeFileSync(path: URL, bytes: Uint8Array): void;
}
