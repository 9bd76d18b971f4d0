import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@kaibo/client/client'
import { ConfigError } from '../../config.ts'
import { type CrowdSummary, createFigures, type Figures } from './figures.ts'
import { type CrowdAct, type CrowdOptions, crowdActs } from './options.ts'
import { type CrowdPerson, createPerson } from './person.ts'

export type CrowdNeeds = {
  url: string
  /** Signs synthetic people in, as many as asked. */
  signIn(count: number): Promise<readonly { token: string }[]>
}

/** A gateway lets in twenty a second from one address. */
const joinEveryMs = 60
/** Acts of one kind that may be under way: what is slower than its rate slows down. */
const underWayMax = 100

/** Lets a crowd into a room for a while. Throws {@link ConfigError} when there is no such room. */
export async function runCrowd(needs: CrowdNeeds, options: CrowdOptions): Promise<CrowdSummary> {
  const { peopleCount, durationMs, perMin } = options
  const liveId = options.liveId ?? (await firstRoom(needs.url))
  const figures = createFigures()
  const shared = { url: needs.url, liveId, figures, sentAtMs: new Map<string, number>() }
  const signedIn = await needs.signIn(peopleCount)
  const people = signedIn.map(each => createPerson(shared, each))
  try {
    await eachApart(people, person => figures.attempt(person.join))
    const until = AbortSignal.timeout(durationMs)
    const acting = crowdActs.map(act => pace({ act, perMin: perMin[act], people, figures, until }))
    await Promise.all(acting)
  } finally {
    await eachApart(people, person => figures.attempt(person.leave))
  }
  return figures.summary({ liveId, peopleCount })
}

async function firstRoom(url: string): Promise<string> {
  const client = createClient({ baseUrl: url, fetch, language: () => 'en' })
  const { items } = await client.live.feed({}).catch(() => {
    throw new ConfigError(`No server answers at ${url}: start it first.`)
  })
  const [first] = items
  if (first) return first.id
  throw new ConfigError('No room is on air.')
}

async function eachApart<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const done: Promise<void>[] = []
  for (const one of all) {
    done.push(act(one))
    await delay(joinEveryMs)
  }
  await Promise.all(done)
}

type Pace = {
  act: CrowdAct
  perMin: number
  people: readonly CrowdPerson[]
  figures: Figures
  until: AbortSignal
}

/** Somebody does it, again and again, with pauses like people's: exponential around the mean. */
async function pace({ act, perMin, people, figures, until }: Pace): Promise<void> {
  const underWay = new Set<Promise<void>>()
  const meanMs = 60_000 / perMin
  while (perMin > 0 && !until.aborted) {
    const pauseMs = Math.min(-Math.log(1 - Math.random()) * meanMs, 10 * meanMs)
    await delay(pauseMs, undefined, { signal: until }).catch(() => {})
    const person = people[Math.floor(Math.random() * people.length)]
    if (until.aborted || !person || underWay.size >= underWayMax) continue
    const doing = figures.attempt(person[act])
    underWay.add(doing)
    void doing.then(() => underWay.delete(doing))
  }
  await Promise.all(underWay)
}
