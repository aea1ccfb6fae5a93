import fc from "fast-check";
import { expect, test } from "vitest";
import { networkOf } from "./address.ts";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:192.168.100.123", "192.168.100.123"],
  ["2001:db8::ffff:192.0.2.1", "2001:db8:0:0::/64"],
  ["::ffff:192.0.2.1:80", "::ffff:192.0.2.1:80"],
  ["2001::4:5:6:7:8", "2001:0:0:4::/64"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:0000:0000:0000:0001", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80::1%eth0"],
  ["no address: at all", "no address: at all"],
  ["", ""],
])("%s counts as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test("addresses are in one network exactly if their first 64 bits are equal", () => {
  const address = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
  const written = (groups: number[]) => groups.map((group) => group.toString(16)).join(":");
  fc.assert(
    fc.property(address, address, fc.nat(8), (one, other, shared) => {
      const second = [...one.slice(0, shared), ...other.slice(shared)];
      const sameHead = one.slice(0, 4).join() === second.slice(0, 4).join();
      expect(networkOf(written(one)) === networkOf(written(second))).toBe(sameHead);
    }),
  );
});
