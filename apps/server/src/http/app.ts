import { newId } from '@kaibo/kernel/ids'
import { Ajv } from 'ajv'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifySchemaCompiler,
} from 'fastify'
import { type ApiNeeds, registerApi } from './api-routes.ts'
import { jsonBytesMax } from './limits.ts'
import { sendProblem } from './problem.ts'
import { registerSecurityHeaders } from './security-headers.ts'

export type HttpNeeds = ApiNeeds & {
  log: FastifyBaseLogger
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  trustProxy: string[]
  secure: boolean
  /** What pages may connect to besides this origin: the media port. */
  mediaSources(host: string): string
}

/** The HTTP side of the server: one Fastify, every route declared by the contract or registered by `main`. */
export function createHttpApp(needs: HttpNeeds): FastifyInstance {
  const app: FastifyInstance = Fastify({
    loggerInstance: needs.log,
    disableRequestLogging: true,
    genReqId: () => newId(),
    requestIdHeader: false,
    bodyLimit: jsonBytesMax,
    trustProxy: needs.trustProxy.length > 0 ? needs.trustProxy : false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    // Slow-loris: headers and body must arrive in bounded time.
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
  })
  app.setValidatorCompiler(validatorCompiler())
  app.setErrorHandler(sendProblem)
  app.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
  app.addHook('preValidation', async request => {
    if (request.body && !(request.body instanceof Uint8Array)) trimTexts(request.body, 0)
  })
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'error' : request.method === 'GET' ? 'debug' : 'info'
    const route = request.routeOptions.url ?? 'unknown'
    request.log[level](
      {
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })
  registerSecurityHeaders(app, needs)
  registerApi(app, needs)
  return app
}

/** Path and query arrive as text and are converted; bodies are taken as they are. */
function validatorCompiler(): FastifySchemaCompiler<object> {
  const options = {
    removeAdditional: false,
    useDefaults: true,
    allErrors: false,
    strict: false,
  } as const
  const exact = new Ajv({ ...options, coerceTypes: false })
  const fromText = new Ajv({ ...options, coerceTypes: true })
  for (const ajv of [exact, fromText])
    ajv.addFormat('date-time', true).addFormat('uuid', uuidPattern)
  return ({ schema, httpPart }) => (httpPart === 'body' ? exact : fromText).compile(schema)
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const trimDepthMax = 6

/** Cuts the blanks around every text that people type, before its length is judged. */
function trimTexts(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > trimDepthMax) return
  const fields = value as Record<string, unknown>
  for (const [key, field] of Object.entries(fields)) {
    if (typeof field === 'string') fields[key] = field.trim()
    else trimTexts(field, depth + 1)
  }
}
