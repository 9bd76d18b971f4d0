import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ErrorCode } from '@kaibo/contract/api'
import { allEndpoints, allErrors } from '@kaibo/contract/api'
import { commonErrors } from '@kaibo/contract/core/common'
import type { EndpointDef } from '@kaibo/contract/core/endpoint'
import { testDatabase } from '@kaibo/testkit/database'
import { freePort } from '@kaibo/testkit/ports'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll } from 'vitest'
import { type Booted, boot } from '../boot.ts'
import { type Config, readConfig } from '../config.ts'
import type { LimitCall } from '../http/limits.ts'
import type { KnownRoute } from '../http/not-found.ts'
import { createServer } from '../serve.ts'

export type Answer = {
  status: number
  headers: Readonly<Record<string, unknown>>
  /** Parsed when it is JSON, else the text. */
  body: unknown
  text: string
}

export type Stage = {
  app: FastifyInstance
  routes: readonly KnownRoute[]
  booted: Booted
  config: Config
  /** One request through everything but the network. */
  ask(request: InjectOptions): Promise<Answer>
  /** Signs in by phone code and returns the bearer token. */
  signIn(phone: string): Promise<string>
  /** Answers with a code that their endpoint does not declare: must stay empty. */
  undeclared: string[]
  /** Takes the database away for good. */
  cutOff(): Promise<void>
}

const endpoints = new Map<string, EndpointDef>(allEndpoints().map(({ name, def }) => [name, def]))

/** The whole server on a database of its own, wired like the real one; it ends with the test file. */
export async function openStage(
  settings: Record<string, string> = {},
  { limit = () => {} }: { limit?: LimitCall } = {},
): Promise<Stage> {
  const { url } = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'kaibo-stage-'))
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    KAIBO_DATA_DIR: dataDir,
    KAIBO_LOG_LEVEL: 'fatal',
    PORT: String(await freePort()),
    ...settings,
  })
  const booted = await boot(config, { isServing: true })
  const { app, routes } = await createServer(config, booted, { isLeaving: () => false, limit })
  const undeclared: string[] = []
  app.addHook('onSend', async (request, reply, payload) => {
    const { endpoint } = request.routeOptions.config as { endpoint?: string }
    const code = reply.statusCode >= 400 ? codeOf(String(payload)) : undefined
    if (endpoint && code && !mayAnswer(endpoint, code)) undeclared.push(`${endpoint}: ${code}`)
    return payload
  })
  let ended: Promise<void> | undefined
  const cutOff = () => {
    ended ??= booted.close()
    return ended
  }
  afterAll(async () => {
    await app.close()
    await cutOff()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const ask = async (request: InjectOptions) => answerOf(await app.inject(request))
  return {
    app,
    cutOff,
    routes,
    booted,
    config,
    ask,
    undeclared,
    signIn: phone => signIn({ ask, booted }, phone),
  }
}

function answerOf(response: Awaited<ReturnType<FastifyInstance['inject']>>): Answer {
  const { statusCode: status, headers, body: text } = response
  const isJson = /json/.test(String(headers['content-type']))
  return { status, headers, text, body: isJson && text !== '' ? JSON.parse(text) : text }
}

async function signIn(
  { ask, booted }: Pick<Stage, 'ask' | 'booted'>,
  phone: string,
): Promise<string> {
  await ask({ method: 'POST', url: '/api/auth/codes', payload: { phone } })
  const messages = (await booted.kaibo.outboxSms?.recent(100)) ?? []
  const code = /\d{6}/.exec(messages.find(message => message.phone === phone)?.text ?? '')?.[0]
  const payload = { phone, code, transport: 'bearer' }
  const { body } = await ask({ method: 'POST', url: '/api/auth/sessions', payload })
  if (typeof body === 'object' && body && 'token' in body) return String(body.token)
  throw new Error(`cannot sign in: ${JSON.stringify(body)}`)
}

/** The code of a problem body. */
export function codeOf(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed && 'code' in parsed
      ? String(parsed.code)
      : undefined
  } catch {
    return undefined
  }
}

export const isKnownCode = (code: string): code is ErrorCode => code in allErrors

const mayAnswer = (endpoint: string, code: string): boolean =>
  code in commonErrors || (endpoints.get(endpoint)?.errors.includes(code) ?? false)
