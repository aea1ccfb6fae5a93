import { generate } from "selfsigned";
import { openJsonFile } from "../json-file.ts";

const validYears = 10;

/** A key and certificate for loopback, in PEM, kept in `file` where one is given. */
export async function loopbackCertificate(file: string | undefined): Promise<{ key: string; cert: string }> {
  const notAfterDate = new Date();
  notAfterDate.setFullYear(notAfterDate.getFullYear() + validYears);
  const made = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate,
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  const kept = await openJsonFile(file, () => ({ key: made.private, cert: made.cert }));
  await kept.save();
  return kept.value;
}
