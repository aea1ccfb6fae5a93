import { generate } from "selfsigned";
import { openJsonFile } from "./json-file.ts";

/** A private key and its certificate, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const loopback = "127.0.0.1";
const validYears = 10;

/** Returns a key and certificate for 127.0.0.1, and keeps them in `file` if one is given. */
export async function loopbackCertificate(file: string | undefined): Promise<Certificate> {
  const made = await createCertificate(loopback, { type: 7, ip: loopback });
  const kept = await openJsonFile(file, () => made);
  await kept.save();
  return kept.value;
}

/** Makes a new key and certificate for one host name. The certificate is valid for no other host. */
export function hostCertificate(host: string): Promise<Certificate> {
  return createCertificate(host, { type: 2, value: host });
}

type AlternativeName = { type: 7; ip: string } | { type: 2; value: string };

async function createCertificate(commonName: string, alternativeName: AlternativeName): Promise<Certificate> {
  const notAfterDate = new Date();
  notAfterDate.setFullYear(notAfterDate.getFullYear() + validYears);
  const { private: key, cert } = await generate([{ name: "commonName", value: commonName }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate,
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [alternativeName] },
    ],
  });
  return { key, cert };
}
