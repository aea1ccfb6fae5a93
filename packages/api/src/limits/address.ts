const mappedIPv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * What to count an IP address by: an IPv4 address by itself, an IPv6 one by its first 64 bits, which one customer has.
 * Any other text is answered as it is. ipaddr.js would do this too, but adds 13 kB to the entry of the `trpc` bundle.
 */
export function networkOf(address: string): string {
  const text = mappedIPv4.exec(address)?.[1] ?? address;
  const url = `http://[${text}]/`;
  if (!text.includes(":") || !URL.canParse(url)) return text;
  // As RFC 5952 writes it: `::` stands for as many zeros as are missing.
  const [head = "", tail] = new URL(url).hostname.slice(1, -1).split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(zeros).fill("0"), ...groups(tail ?? "")];
  return `${all.slice(0, 4).join(":")}::/64`;
}
