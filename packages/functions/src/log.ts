import pino from "pino";

/** JSON lines on the standard output, which Lambda keeps in CloudWatch. */
export const log = pino({ base: null, formatters: { level: (level) => ({ level }) } });
