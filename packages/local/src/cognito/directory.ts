import { randomBytes } from "node:crypto";
import { ResourceNotFoundError, UnsupportedError } from "cognito-local/lib/errors.js";
import type { AppClient } from "cognito-local/lib/services/appClient.js";
import { type CognitoService, USER_POOL_AWS_DEFAULTS } from "cognito-local/lib/services/cognitoService.js";
import type { Context } from "cognito-local/lib/services/context.js";
import type { DataStore } from "cognito-local/lib/services/dataStore/dataStore.js";
import {
  attributesIncludeMatch,
  type User,
  type UserPoolService,
  UserPoolServiceImpl,
} from "cognito-local/lib/services/userPoolService.js";
import type { JWK } from "jose";
import { region } from "../aws.ts";
import { type JsonFile, openJsonFile } from "../json-file.ts";
import type { Codes } from "./codes.ts";
import { isFromProvider } from "./identities.ts";
import { silentContext } from "./silent-context.ts";
import { createSigningKey } from "./tokens.ts";

/** Everything the embedded Cognito keeps. */
interface DirectoryData {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly signingKey: JWK;
  readonly codes: Codes;
  /** cognito-local's own records. */
  readonly records: Record<string, unknown>;
}

/** One user pool with one app client. */
export interface Directory {
  readonly file: JsonFile<DirectoryData>;
  readonly pool: UserPoolService;
  readonly client: AppClient;
  readonly service: CognitoService;
}

/** The group whose members are admins. */
const adminGroup = "admins";

const alphanumerics = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Opens the user pool stored in `path`, or creates it. Without a path, the pool is in memory. */
export async function openDirectory(path: string | undefined): Promise<Directory> {
  const signingKey = await createSigningKey();
  const file = await openJsonFile<DirectoryData>(path, () => ({
    // Cookies ignore ports, so two checkouts in one browser need different pool ids.
    userPoolId: `${region}_${randomId(9)}`,
    clientId: randomId(26),
    signingKey,
    codes: {},
    records: { Users: {}, Groups: {} },
  }));
  await file.save();

  const now = new Date();
  const { userPoolId, clientId } = file.value;
  const store = recordStore(file);
  const pool = new Pool(store, { get: () => new Date() }, store, {
    ...USER_POOL_AWS_DEFAULTS,
    Id: userPoolId,
    Name: "kumite",
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    CreationDate: now,
    LastModifiedDate: now,
  });
  // The same group as in infra/auth.ts.
  if (!(await pool.getGroupByGroupName(silentContext, adminGroup))) {
    await pool.saveGroup(silentContext, {
      GroupName: adminGroup,
      CreationDate: now,
      LastModifiedDate: now,
    });
  }
  const client: AppClient = {
    UserPoolId: userPoolId,
    ClientId: clientId,
    ClientName: "web",
    CreationDate: now,
    LastModifiedDate: now,
  };
  return { file, pool, client, service: onlyPool(pool, client) };
}

/** A pool in which users with a password sign in by e-mail address. Users from a provider do not. */
class Pool extends UserPoolServiceImpl {
  override async getUserByUsername(context: Context, username: string): Promise<User | null> {
    const user = await super.getUserByUsername(context, username);
    if (!user || !isFromProvider(user) || user.Username === username) return user;
    const users = await this.listUsers(context);
    const isNamed = ({ Attributes }: User) => attributesIncludeMatch("email", username, Attributes);
    return users.find((other) => isNamed(other) && !isFromProvider(other)) ?? null;
  }
}

/** cognito-local's view of its pools: exactly one, which cannot be changed or removed. */
function onlyPool(pool: UserPoolService, client: AppClient): CognitoService {
  const fixed = () => Promise.reject(new UnsupportedError("The embedded stack has one user pool."));
  const getUserPool = async (_: Context, id: string) => {
    if (id !== client.UserPoolId) throw new ResourceNotFoundError(`User pool ${id} does not exist.`);
    return pool;
  };
  return {
    createUserPool: fixed,
    deleteUserPool: fixed,
    getUserPool,
    getAppClient: async (_, id) => (id === client.ClientId ? client : null),
    async getUserPoolForClientId(_, id) {
      if (id !== client.ClientId) throw new ResourceNotFoundError(`User pool client ${id} does not exist.`);
      return pool;
    },
    listAppClients: async () => [client],
    listUserPools: async () => [pool.options],
  };
}

/** The store that cognito-local reads and writes, by path of keys. */
function recordStore(file: JsonFile<DirectoryData>): DataStore {
  const { records } = file.value;
  reviveDates(records);

  const parentOf = (key: string | string[]): [parent: Record<string, unknown> | undefined, last: string] => {
    const keys = Array.isArray(key) ? key : [key];
    const last = keys.at(-1) ?? "";
    const parent = keys
      .slice(0, -1)
      .reduce<Record<string, unknown> | undefined>((at, name) => child(at, name), records);
    return [parent, last];
  };
  return {
    async get(_: Context, key: string | string[], fallback: unknown = null) {
      const [parent, last] = parentOf(key);
      return parent !== undefined && Object.hasOwn(parent, last) ? parent[last] : fallback;
    },
    getRoot: async () => records,
    async set(_, key, value) {
      const [parent, last] = parentOf(key);
      if (parent === undefined) throw new Error(`Nowhere to put ${key}.`);
      parent[last] = value;
      await file.save();
    },
    async delete(_, key) {
      const [parent, last] = parentOf(key);
      delete parent?.[last];
      await file.save();
    },
  } as DataStore;
}

function child(
  parent: Record<string, unknown> | undefined,
  name: string,
): Record<string, unknown> | undefined {
  const value = parent !== undefined && Object.hasOwn(parent, name) ? parent[name] : undefined;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}

/** Turns dates, which JSON stores as strings, back into `Date`. cognito-local names all such fields `…Date`. */
function reviveDates(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const record = value as Record<string, unknown>;
  for (const [name, field] of Object.entries(record)) {
    if (name.endsWith("Date") && typeof field === "string") record[name] = new Date(field);
    else reviveDates(field);
  }
}

function randomId(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphanumerics[byte % alphanumerics.length]).join("");
}
