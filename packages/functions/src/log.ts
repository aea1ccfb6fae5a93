const write = (level: string) => (o: object, msg: string) => {
  process.stdout.write(`${JSON.stringify({ level, time: Date.now(), msg, ...o })}\n`);
};
export const log = { info: write("info"), error: write("error") };
