import { fromBase64Url, toBase64Url } from "./base64url.ts";

/** The parts of the server's JSON that hold bytes; all else is passed on as it is. */
interface CreationJson extends Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: DescriptorJson[];
}

interface RequestJson extends Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> {
  challenge: string;
  allowCredentials?: DescriptorJson[];
}

interface DescriptorJson extends Omit<PublicKeyCredentialDescriptor, "id"> {
  id: string;
}

/** The server's options for making a passkey, with bytes where the browser wants bytes. */
export function creationOptions(json: CreationJson): PublicKeyCredentialCreationOptions {
  return {
    ...json,
    challenge: fromBase64Url(json.challenge),
    user: { ...json.user, id: fromBase64Url(json.user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
  };
}

/** The server's options for asking for a passkey. */
export function requestOptions(json: RequestJson): PublicKeyCredentialRequestOptions {
  return { ...json, challenge: fromBase64Url(json.challenge), allowCredentials: descriptors(json.allowCredentials) };
}

/** What the browser gave, as the JSON that the server reads. Written by hand, since some passkey managers break toJSON(). */
export function credentialJson(credential: PublicKeyCredential): object {
  const response = credential.response;
  return {
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response:
      response instanceof AuthenticatorAttestationResponse
        ? {
            clientDataJSON: toBase64Url(response.clientDataJSON),
            attestationObject: toBase64Url(response.attestationObject),
            transports: response.getTransports(),
          }
        : assertionJson(response as AuthenticatorAssertionResponse),
  };
}

function assertionJson(response: AuthenticatorAssertionResponse): object {
  return {
    clientDataJSON: toBase64Url(response.clientDataJSON),
    authenticatorData: toBase64Url(response.authenticatorData),
    signature: toBase64Url(response.signature),
    ...(response.userHandle === null ? {} : { userHandle: toBase64Url(response.userHandle) }),
  };
}

function descriptors(list: DescriptorJson[] | undefined): PublicKeyCredentialDescriptor[] {
  return (list ?? []).map((one) => ({ ...one, id: fromBase64Url(one.id) }));
}
