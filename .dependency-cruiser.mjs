// The layers: web → api → core, functions → api and core, local → functions, proof and contract-tests → local. Docs: docs/architecture.md.
const inWeb = "^apps/web/src";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-circular-folders",
      comment: "Folders stand in floors: no arrow runs up (docs/architecture.md).",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
    {
      name: "core-stands-alone",
      severity: "error",
      from: { path: "^packages/core" },
      to: { path: "^(apps|packages/(api|bench|contract-tests|functions|local|proof))/" },
    },
    {
      name: "api-over-core-only",
      severity: "error",
      from: { path: "^packages/api" },
      to: { path: "^(apps|packages/(bench|contract-tests|functions|local|proof))/" },
    },
    {
      name: "functions-over-api-and-core-only",
      severity: "error",
      from: { path: "^packages/functions" },
      to: { path: "^(apps|packages/(bench|contract-tests|local|proof))/" },
    },
    {
      name: "proof-from-outside",
      comment: "What proves the system speaks HTTP with it; of core it takes types, and what tests take.",
      severity: "error",
      from: { path: "^packages/proof" },
      to: {
        path: "^(apps|packages/(api|functions|core))/",
        pathNot: "^packages/core/src/(testing|database/tables|context/)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "nobody-leans-on-the-proof",
      severity: "error",
      from: { pathNot: "^packages/proof" },
      to: { path: "^packages/proof" },
    },
    {
      name: "nobody-leans-on-the-contract-tests",
      severity: "error",
      from: { pathNot: "^packages/contract-tests" },
      to: { path: "^packages/contract-tests" },
    },
    {
      name: "dynamodb-in-core-only",
      comment:
        "The embedded stack creates the tables, as the infrastructure does on AWS, benchmarks speak to the engine, and the proof reads the tables whole; nothing else speaks DynamoDB.",
      severity: "error",
      from: { pathNot: "^packages/(bench|core|local|proof)/" },
      to: { path: "@aws-sdk/(client-dynamodb|lib-dynamodb|util-dynamodb)" },
    },
    {
      name: "schemas-without-aws",
      comment: "The browser uses them.",
      severity: "error",
      from: { path: "^packages/core/src/.*schema\\.ts$" },
      to: { reachable: true, path: "@aws-sdk|node_modules/sst/|repository\\.ts$|/database/" },
    },
    {
      name: "light-for-the-browser",
      comment: "Pages without forms load these: they bring neither zod nor anything else with them.",
      severity: "error",
      from: { path: "^packages/core/src/(instant|availabilities/capacity)\\.ts$" },
      to: { dependencyTypesNot: ["type-only"] },
    },
    {
      name: "web-takes-types-from-api",
      severity: "error",
      from: { path: inWeb },
      to: {
        path: "^packages/api",
        pathNot: "^packages/api/src/session-cookies\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "web-takes-schemas-from-core",
      comment: "And what has no dependencies: arithmetic on instants, and how many an availability takes.",
      severity: "error",
      from: { path: inWeb },
      to: {
        path: "^packages/core",
        pathNot: "^packages/core/src/([a-z]+/schema|instant|availabilities/capacity)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "web-runs-nothing-of-the-server",
      severity: "error",
      from: { path: inWeb },
      to: { path: "^packages/(bench|functions|local)/" },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(\\.test\\.tsx?$|/\\.next/|/testing/|^packages/functions/test/)" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
