import { createServer } from 'node:net'

/**
 * Below the ports that systems hand out by themselves (from 32,768), so that no connection takes one
 * between the look and its use; and a stretch for each worker, so that no other test does.
 */
const firstPort = 20_000
const stretch = 1_000
const workersMax = 10
const workerStart = firstPort + stretch * (Number(process.env.VITEST_POOL_ID ?? 0) % workersMax)

let taken = Math.floor(Math.random() * stretch)

/** A port of this machine that nobody uses, another one each time. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = workerStart + (taken++ % stretch)
    if (await isFree(port)) return port
  }
}

/** So many of them. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  while (ports.length < count) ports.push(await freePort())
  return ports
}

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, () => probe.close(() => resolve(true)))
  })
