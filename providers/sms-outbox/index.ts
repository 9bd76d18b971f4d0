import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, systemClock } from '@kaibo/kernel/clock'
import type { SmsSender } from '@kaibo/modules/account'

export type OutboxMessage = { phone: string; text: string; at: string }

/** Half of this is what the outbox page can look back on: thousands of messages. */
const outboxBytesMax = 1024 * 1024
const recentMax = 100

/**
 * The embedded SMS provider: it delivers to a file that the development outbox page shows, one JSON
 * line a message. Several processes may append; all of them, and a restarted one, see the same list.
 * Throws unless `allowed`, because whoever opens that page can sign in as anybody.
 */
export function createSmsOutbox(options: {
  dataDir: string
  allowed: boolean
  clock?: Clock
}): SmsSender & { recent(limit: number): Promise<OutboxMessage[]> } {
  if (!options.allowed) {
    throw new Error('The SMS outbox shows sign-in codes to everybody: it runs in demo mode only.')
  }
  const path = join(options.dataDir, 'sms-outbox.jsonl')
  const clock = options.clock ?? systemClock
  return {
    async send({ phone, text }) {
      await mkdir(options.dataDir, { recursive: true })
      await rotateWhenFull(path)
      const message: OutboxMessage = { phone, text, at: clock.now().toISOString() }
      await appendFile(path, `${JSON.stringify(message)}\n`, { mode: 0o600 })
    },
    /** The newest messages first, at most 100. */
    async recent(limit) {
      const lines = `${await textOf(`${path}.old`)}${await textOf(path)}`.split('\n')
      const messages = lines.map(messageOf).filter(message => message !== undefined)
      return messages.slice(-Math.min(limit, recentMax)).reverse()
    },
  }
}

/** Undefined for a line that a crash cut short. */
function messageOf(line: string): OutboxMessage | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function rotateWhenFull(path: string): Promise<void> {
  const size = await stat(path).then(
    file => file.size,
    () => 0,
  )
  if (size < outboxBytesMax / 2) return
  // Another process may have rotated in between: then there is nothing to do.
  await rename(path, `${path}.old`).catch(() => undefined)
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
