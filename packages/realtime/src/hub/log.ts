/** The part of a logger that realtime code uses; pino fits. */
export type Log = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined }
