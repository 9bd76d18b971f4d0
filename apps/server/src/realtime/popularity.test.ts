import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openSocket, type TestSocket } from '../testing/sockets.ts'
import { openStage } from '../testing/stage.ts'
import { createWorld, type Role, type World } from '../testing/world.ts'

const stage = await openStage()
const { config, app, booted } = stage
const opened: TestSocket[] = []
let world: World
let topic = ''

beforeAll(async () => {
  await app.listen({ port: config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
  topic = `live:${world.liveId}`
})

afterAll(() => {
  for (const socket of opened) socket.close()
  booted.kaibo.gateway.close()
})

/** One more tab that watches the room. */
async function tabWith(ticket: unknown): Promise<TestSocket> {
  const socket = await openSocket(config.PORT, { ticket: String(ticket) })
  opened.push(socket)
  expect(await socket.hear(topic)).toBe('sub')
  return socket
}
const tabOf = async (role: Role) => tabWith((await world.must(role, 'realtime.ticket', {})).ticket)

/** A browser that nobody signed in on, with the cookie by which it is known. */
async function newBrowser() {
  const ask = async (headers: Record<string, string>) =>
    stage.ask({ method: 'POST', url: '/api/realtime/tickets', headers })
  const cookie = String((await ask({})).headers['set-cookie']).split(';')[0] ?? ''
  return { tab: async () => tabWith(Object((await ask({ cookie })).body).ticket) }
}

/** What everybody is shown, in the room and on its cards, comes to be exactly this (S42: within 30 s). */
async function shows(count: number): Promise<void> {
  const { live } = booted.kaibo
  await vi.waitFor(
    async () => {
      const { onlineCount } = await world.must('visitor', 'live.room', { id: world.liveId })
      const card = (await live.cardsByIds(booted.database.db, [world.liveId])).get(world.liveId)
      expect([onlineCount, card?.onlineCount]).toEqual([count, count])
    },
    { timeout: 30_000, interval: 50 },
  )
}

test('the host at the desk and the staff are no viewers of their own room', async () => {
  const { hub } = booted.kaibo
  const { shopId, liveId: id } = world
  const desks = [await tabOf('host'), await tabOf('owner'), await tabOf('moderator')]
  expect(hub.presence(topic)).toEqual({ connectionCount: 3, identityCount: 0 })
  const viewer = await tabOf('user')
  await shows(1)
  const insight = await world.must('owner', 'insight.view', { shopId, id })
  expect(insight).toMatchObject({ onlineCount: 1, peakOnlineCount: 1 })
  // What is said in the room reaches the desk all the same.
  hub.publishSocial(topic, { t: 'live.hearts', total: 9 })
  expect(await desks[0]?.item(topic, 'live.hearts')).toMatchObject({ total: 9 })
  for (const socket of [...desks, viewer]) socket.close()
  await shows(0)
})

test('the number shown is of people who are connected, however many tabs they have', async () => {
  const browser = await newBrowser()
  const tabs = [await tabOf('user'), await tabOf('user'), await browser.tab(), await browser.tab()]
  await shows(2)
  await tabOf('otherOwner')
  await shows(3)
  expect(booted.kaibo.hub.presence(topic)).toEqual({ connectionCount: 5, identityCount: 3 })

  // Whoever closes one of two tabs is still here: only the newcomer changes the number.
  tabs[0]?.close()
  tabs[2]?.close()
  await tabOf('operator')
  await shows(4)
})

test('who leaves is gone from the number, and nobody is left when everybody left', async () => {
  const [, ...others] = opened
  for (const socket of others) socket.close()
  await shows(0)
})
