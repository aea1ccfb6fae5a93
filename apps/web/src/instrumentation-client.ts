// By default zod tests whether it can evaluate code. The content security policy refuses and reports that.
Reflect.set(globalThis, "__zod_globalConfig", { jitless: true });
