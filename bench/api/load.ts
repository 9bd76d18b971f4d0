import { Agent, get } from 'node:http'

/** Each address has its own limit of calls, so the load comes from many. */
const addressCount = 200

export type Load = { url: string; count: number; concurrency: number }

/** Asks `count` times, from many addresses of the loopback; every answer must be 200. */
export async function ask({ url, count, concurrency }: Load): Promise<void> {
  const agents = Array.from({ length: addressCount }, (_, index) => ({
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
    localAddress: `127.0.1.${index + 1}`,
  }))
  let askedCount = 0
  const worker = async () => {
    while (askedCount < count) {
      const from = agents[askedCount++ % addressCount]
      await askOnce(url, from ?? {})
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  for (const { agent } of agents) agent.destroy()
}

const askOnce = (url: string, from: { agent?: Agent; localAddress?: string }) =>
  new Promise<void>((resolve, reject) => {
    get(url, from, answer => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve()
          : reject(new Error(`${url} answered ${answer.statusCode}`)),
      )
    }).on('error', reject)
  })
