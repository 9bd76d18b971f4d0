import type { After, Channel, Connect } from './realtime-link.ts'
import { streamIdOf, ticketPrefix } from './realtime-wire.ts'

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<{
  readonly ok: boolean
  readonly body: {
    getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> }
  } | null
}>

export type EventsNeeds = {
  /** `https://…/realtime/events` */
  url: string
  fetch: Fetch
  after: After
}

const commandsPerPostMax = 16
/** The server lets go of who says nothing for 24 s, and a stream cannot answer its pings. */
const beatMs = 10_000

/**
 * A channel for networks that break WebSocket: messages come as server-sent events, commands go by
 * POST. It reads the stream with `fetch`, because an `EventSource` would need the ticket in the address.
 */
export const eventsConnect =
  (needs: EventsNeeds): Connect =>
  (_url, protocols) => {
    const offered = protocols.find(protocol => protocol.startsWith(ticketPrefix)) ?? ''
    return openStream(needs, offered.slice(ticketPrefix.length))
  }

function openStream({ url, fetch, after }: EventsNeeds, ticket: string): Channel {
  const on = { open: () => {}, message: (_text: string) => {}, close: () => {} }
  const cut = new AbortController()
  const waiting: string[] = []
  let streamId: string | undefined
  let isPosting = false
  let stopBeat = () => {}

  const end = () => {
    if (cut.signal.aborted) return
    stopBeat()
    cut.abort()
    on.close()
  }
  const post = async (id: string) => {
    isPosting = true
    while (waiting.length > 0) {
      const body = waiting.splice(0, commandsPerPostMax).join('\n')
      const headers = { 'content-type': 'application/x-ndjson', 'kaibo-stream': id }
      const answer = await fetch(url, { method: 'POST', headers, body, signal: cut.signal })
      if (!answer.ok) throw new Error('the stream is not there any more')
    }
    isPosting = false
  }
  const send = (text: string) => {
    waiting.push(text)
    if (!isPosting && streamId !== undefined) post(streamId).catch(end)
  }
  const beat = () => {
    stopBeat = after(beatMs, () => {
      send('{"t":"ping"}')
      beat()
    })
  }
  const hear = (text: string) => {
    if (streamId !== undefined) return on.message(text)
    streamId = streamIdOf(text)
    if (streamId === undefined) return end()
    beat()
    on.open()
  }
  const read = async () => {
    const headers = { 'kaibo-ticket': ticket }
    const { ok, body } = await fetch(url, { method: 'GET', headers, signal: cut.signal })
    const reader = ok ? body?.getReader() : undefined
    const lines = createLines(hear)
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      if (!cut.signal.aborted) lines(part.value)
    }
  }
  read().then(end, end)
  return {
    send,
    close: end,
    onOpen: handler => {
      on.open = handler
    },
    onMessage: handler => {
      on.message = handler
    },
    onClose: handler => {
      on.close = handler
    },
  }
}

/** Cuts the stream into lines. Every event of ours is one `data:` line; names and comments are noise. */
function createLines(hear: (text: string) => void) {
  const decoder = new TextDecoder()
  let rest = ''
  let isNamed = false
  return (bytes: Uint8Array): void => {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') isNamed = false
      else if (line.startsWith('event:')) isNamed = true
      else if (line.startsWith('data: ') && !isNamed) hear(line.slice(6))
    }
  }
}
