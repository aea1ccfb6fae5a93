// zod otherwise tries whether it may evaluate code. The content security policy refuses, and each refusal is reported.
Reflect.set(globalThis, "__zod_globalConfig", { jitless: true });
