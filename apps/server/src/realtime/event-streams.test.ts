import { once } from 'node:events'
import { createServer, request as httpRequest, type ServerResponse } from 'node:http'
import { createRealtime, type Realtime } from '@kaibo/client/realtime'
import { newId } from '@kaibo/kernel/ids'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openStage } from '../testing/stage.ts'
import { createWorld, type Role, type World } from '../testing/world.ts'
import { startWork } from '../work.ts'

const stage = await openStage()
const { app, booted } = stage
const opened: Realtime[] = []
let world: World
let proxy: Awaited<ReturnType<typeof startProxy>>
let stopWork = async () => {}

beforeAll(async () => {
  await app.listen({ port: stage.config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
  stopWork = startWork(booted)
  proxy = await startProxy(stage.config.PORT)
})

afterAll(async () => {
  for (const realtime of opened) realtime.stop()
  booted.kaibo.gateway.close()
  proxy.close()
  await stopWork()
})

/** A network that lets pages through and knows nothing of WebSocket. */
async function startProxy(port: number) {
  const upgrades: string[] = []
  const streams = new Set<ServerResponse>()
  let isBroken = false
  const server = createServer((request, response) => {
    const { method, url, headers } = request
    if (isBroken) return void response.writeHead(502).end()
    const asked = httpRequest({ port, host: '127.0.0.1', method, path: url, headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      response.flushHeaders()
      answer.pipe(response)
      if (method === 'GET') streams.add(response)
      answer.on('error', () => response.destroy())
    })
    asked.on('error', () => response.destroy())
    response.on('close', () => asked.destroy())
    request.pipe(asked)
  })
  server.on('upgrade', (request, socket) => {
    upgrades.push(String(request.url))
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const proxyPort = typeof address === 'object' && address ? address.port : 0
  return {
    host: `127.0.0.1:${proxyPort}`,
    upgrades,
    /** Breaks the streams that run, and lets nothing through until it is mended. */
    cut() {
      isBroken = true
      for (const stream of streams) stream.destroy()
      streams.clear()
    },
    mend() {
      isBroken = false
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const ticketFor = async (role: Role): Promise<string> =>
  String((await world.must(role, 'realtime.ticket', {})).ticket)

/** A page behind the proxy. */
function openPage(role: Role): Realtime {
  const realtime = createRealtime({
    url: `ws://${proxy.host}/realtime`,
    random: () => 0.2,
    getTicket: () => ticketFor(role),
    connect(url, protocols) {
      const socket = new WebSocket(url, [...protocols])
      socket.on('error', () => {})
      return {
        send: text => socket.send(text),
        close: () => socket.close(),
        onOpen: handler => void socket.on('open', handler),
        onMessage: handler => void socket.on('message', data => handler(String(data))),
        onClose: handler => void socket.on('close', handler),
      }
    },
    events: { url: `http://${proxy.host}/realtime/events`, fetch },
  })
  opened.push(realtime)
  return realtime
}

test('where WebSocket is broken, the room comes as an event stream and goes on after a cut', async () => {
  const topic = `live:${world.liveId}`
  const [ordered, social, resync] = [vi.fn(), vi.fn(), vi.fn(async () => undefined)]
  const page = openPage('user')
  page.subscribe(topic, {
    onOrdered: (item, oseq) => ordered(item, oseq),
    onSocial: social,
    onResync: resync,
  })
  await vi.waitFor(() => expect(resync).toHaveBeenCalledTimes(1), 10_000)
  expect(proxy.upgrades).toEqual(['/realtime', '/realtime'])

  const { hub } = booted.kaibo
  await hub.publishOrdered(topic, 'first')
  await vi.waitFor(() => expect(ordered).toHaveBeenCalledTimes(1), 5_000)
  page.send({ t: 'count', topic, key: 'hearts', n: 3 })
  const hearts = expect.objectContaining({ t: 'live.hearts', total: 3 })
  await vi.waitFor(() => expect(social).toHaveBeenCalledWith(hearts), 5_000)

  proxy.cut()
  await vi.waitFor(() => expect(page.state()).not.toBe('open'), 5_000)
  await hub.publishOrdered(topic, 'second')
  await hub.publishOrdered(topic, 'third')
  proxy.mend()
  await vi.waitFor(() => expect(ordered).toHaveBeenCalledTimes(3), 10_000)
  expect(ordered.mock.calls.map(([item]) => item)).toEqual(['first', 'second', 'third'])
  expect(resync).toHaveBeenCalledTimes(1)
})

const streams = '/realtime/events'
const ask = (headers: Record<string, string>, body?: string) =>
  fetch(`http://127.0.0.1:${stage.config.PORT}${streams}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body === undefined ? {} : { body }),
  })

test('a stream takes a ticket once, from our own pages', async () => {
  const ticket = await ticketFor('visitor')
  const stranger = { 'kaibo-ticket': ticket, origin: 'https://evil.example' }
  expect((await ask(stranger)).status).toBe(403)
  const stream = await ask({ 'kaibo-ticket': ticket })
  expect(stream.status).toBe(200)
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  await stream.body?.cancel()
  expect((await ask({ 'kaibo-ticket': ticket })).status).toBe(401)
  expect((await ask({})).status).toBe(401)
})

test('commands need the id of a stream, and stay within the limits of a socket', async () => {
  const type = { 'content-type': 'application/x-ndjson' }
  expect((await ask({ ...type, 'kaibo-stream': newId() }, '{"t":"ping"}')).status).toBe(404)
  expect((await ask(type, '{"t":"ping"}')).status).toBe(404)
  const stream = await ask({ 'kaibo-ticket': await ticketFor('visitor') })
  const reader = stream.body?.getReader()
  const read = async () => new TextDecoder().decode((await reader?.read())?.value)
  const [, , id = ''] = JSON.parse((await read()).slice('data: '.length))
  const sender = { ...type, 'kaibo-stream': id }
  expect((await ask({ 'kaibo-stream': id }, '{"t":"ping"}')).status).toBe(415)
  expect((await ask(sender, 'x'.repeat(70_000))).status).toBe(413)
  expect((await ask(sender, '{"t":"ping"}')).status).toBe(204)
  expect(await read()).toBe('data: ["@","pong"]\n\n')
  expect((await ask(sender, '{\n{\n{\n{')).status).toBe(204)
  let last = ''
  for (let text = await read(); text !== ''; text = await read()) last += text
  expect(last).toContain('event: close\ndata: 1008 malformed')
})
