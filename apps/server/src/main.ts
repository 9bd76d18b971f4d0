import { EmbeddedPostgresError } from '@kaibo/db/embedded'
import { MigrationError } from '@kaibo/db/migrate'
import { ConfigError, readConfig } from './config.ts'
import { createRunning } from './run.ts'
import { startTable } from './start-table.ts'

/** Longest wait for requests, jobs and sockets to finish after a signal. */
const drainMsMax = 10_000

async function main(): Promise<void> {
  const startedAtMs = Date.now()
  const running = createRunning(readConfig(process.env))
  const started = running.start()
  onSignal(async () => {
    // A signal during the start waits for its end: half-started parts cannot be stopped in order.
    await started.catch(() => {})
    await running.stop()
  })
  try {
    const facts = await started
    console.log(startTable({ ...facts, startedInMs: Date.now() - startedAtMs }))
  } catch (error) {
    say(error)
    setTimeout(() => process.exit(1), drainMsMax).unref()
    await running.stop().catch(() => {})
    process.exit(1)
  }
}

/** Drains once, however often it is asked: Ctrl-C reaches the process from npm and from the terminal. */
function onSignal(drain: () => Promise<void>): void {
  let ending: Promise<void> | undefined
  const end = () => {
    if (ending) return
    setTimeout(() => process.exit(1), drainMsMax).unref()
    ending = drain().then(
      () => process.exit(0),
      (error: unknown) => {
        say(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)
}

/** One clear sentence for what an operator can mend; everything for what is a bug. */
function say(error: unknown): void {
  const isSaid = [ConfigError, EmbeddedPostgresError, MigrationError].some(
    kind => error instanceof kind,
  )
  console.error(isSaid && error instanceof Error ? error.message : error)
}

main().catch((error: unknown) => {
  say(error)
  process.exit(1)
})
