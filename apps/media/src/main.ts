import pino from 'pino'
import { readConfig } from './config.ts'
import { createMediaProcess } from './process.ts'

const DRAIN_MS = 4_000

/** Lines go where those of the app server go, and as many of them: standard error. */
const log = pino(
  { level: process.env.KAIBO_LOG_LEVEL ?? 'info', base: { process: 'media' } },
  pino.destination(2),
)

/** Ends the process when the one who started it is gone, so that no orphan holds the ports. */
const dieWithParent = (): void => {
  const leave = () => process.exit(0)
  process.on('disconnect', leave)
  process.stdin.on('close', leave).on('end', leave).on('error', leave).resume()
}

const fail = (error: unknown): never => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

const run = async (): Promise<void> => {
  const config = readConfig(process.env)
  if (config.isChild) dieWithParent()
  const media = createMediaProcess(config, log)
  const ports = await media.start()
  log.info(ports, 'media ready')
  process.send?.({ type: 'ready', ...ports })

  const drain = () => {
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    media.stop().then(() => process.exit(0), fail)
  }
  process.once('SIGTERM', drain)
  process.once('SIGINT', drain)
}

run().catch(fail)
