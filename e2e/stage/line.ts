import { createServer, connect as open, type Socket } from 'node:net'
import { freePorts } from '@kaibo/testkit/ports'

const tickMs = 20
const bytesAtOnce = 4 * 1024

export type Line = {
  /** Where whoever lives behind the line finds the media server. */
  readonly url: string
  /** Where the media server has to listen. */
  readonly targetPort: number
  /** How much comes through from now on, all connections together; null = whatever comes. */
  carry(kbps: number | null): void
  close(): Promise<void>
}

/**
 * The line of one viewer, in bytes of TCP and not in rules of the browser: what does not fit waits
 * on the way, and the server feels it.
 */
export async function openLine(): Promise<Line> {
  const [port = 0, targetPort = 0] = await freePorts(2)
  const downs = new Set<Down>()
  let bytesPerMs = Number.POSITIVE_INFINITY
  let passedAtMs = performance.now()
  const server = createServer(viewer => {
    const source = open(targetPort, '127.0.0.1')
    const down = { viewer, source }
    const leave = () => {
      downs.delete(down)
      viewer.destroy()
      source.destroy()
    }
    downs.add(down)
    viewer.on('error', leave).on('close', leave)
    source.on('error', leave).on('end', () => viewer.end())
    viewer.pipe(source)
    // Read by the ticks alone: otherwise a fast source would fill the memory here.
    source.on('readable', () => {})
  })
  const timer = setInterval(() => {
    const nowMs = performance.now()
    passOn([...downs], bytesPerMs * (nowMs - passedAtMs))
    passedAtMs = nowMs
  }, tickMs)
  await new Promise<void>(resolve => server.listen(port, resolve))
  return {
    url: `http://localhost:${port}`,
    targetPort,
    carry(kbps) {
      bytesPerMs = kbps === null ? Number.POSITIVE_INFINITY : kbps / 8
    },
    async close() {
      clearInterval(timer)
      for (const { viewer } of downs) viewer.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

type Down = { viewer: Socket; source: Socket }

/** A little of each connection in turn, until the budget of this tick is spent. */
function passOn(downs: readonly Down[], budget: number): void {
  let left = budget
  let waiting = downs
  while (left > 0 && waiting.length > 0) {
    waiting = waiting.filter(({ viewer, source }) => {
      const bytesMax = Math.min(left, bytesAtOnce, source.readableLength)
      const bytes: Buffer | null = bytesMax > 0 ? source.read(Math.ceil(bytesMax)) : null
      if (bytes === null) return false
      left -= bytes.length
      viewer.write(bytes)
      return true
    })
  }
}
