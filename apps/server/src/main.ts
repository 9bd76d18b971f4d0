import { enableCompileCache, flushCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { readConfig } from './config.ts'

/** Longest wait for requests, jobs and sockets to finish after a signal. */
const drainMsMax = 10_000

/** Errors that an operator can mend: one clear sentence says it all. */
const saidErrors = ['ConfigError', 'EmbeddedPostgresError', 'MigrationError']

async function main(): Promise<void> {
  const startedAtMs = Date.now()
  const config = readConfig(process.env)
  // Sources run unbuilt: what V8 made of them is kept, which halves the next start.
  enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/server', import.meta.url)))
  const { createRunning } = await import('./run.ts')
  const { startTable } = await import('./start-table.ts')

  const running = createRunning(config)
  const started = running.start()
  onSignal(async () => {
    // A signal during the start waits for its end: half-started parts cannot be stopped in order.
    await started.catch(() => {})
    await running.stop()
  })
  try {
    const facts = await started
    console.log(startTable({ ...facts, startedInMs: Date.now() - startedAtMs }))
    flushCompileCache()
  } catch (error) {
    say(error)
    setTimeout(() => process.exit(1), drainMsMax).unref()
    await running.stop().catch(() => {})
    process.exit(1)
  }
}

/** Drains once, however often it is asked: Ctrl-C comes from the terminal and from npm. */
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

function say(error: unknown): void {
  const isSaid = error instanceof Error && saidErrors.includes(error.name)
  console.error(isSaid ? error.message : error)
}

main().catch((error: unknown) => {
  say(error)
  process.exit(1)
})
