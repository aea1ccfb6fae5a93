import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

/** Stores the provider's data in memory, for one provider only. */
export function memoryAdapter(): AdapterFactory {
  const kept = new Map<string, AdapterPayload>();
  const entries = (prefix: string) => [...kept].filter(([key]) => key.startsWith(prefix));
  const findBy = (prefix: string, has: (payload: AdapterPayload) => boolean) =>
    entries(prefix).find(([, payload]) => has(payload))?.[1];

  return (model): Adapter => ({
    async upsert(id, payload) {
      kept.set(`${model}:${id}`, payload);
    },
    find: async (id) => kept.get(`${model}:${id}`),
    findByUid: async (uid) => findBy(`${model}:`, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findBy(`${model}:`, (payload) => payload.userCode === userCode),
    async consume(id) {
      const payload = kept.get(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      kept.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
    },
  });
}
