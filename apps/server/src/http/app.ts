import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { jsonBytesMax } from './limits.ts'
import { type KnownRoute, type PageAt, registerNotFound } from './not-found.ts'
import { refuseBytes, sendProblem } from './problem.ts'
import { type HeaderNeeds, registerSecurityHeaders } from './security-headers.ts'
import { registerValidation } from './validation.ts'

export type HttpNeeds = HeaderNeeds & {
  log: FastifyBaseLogger
  /** Pages of the web apps, for paths that no route takes. */
  pageAt: PageAt
}

/** The HTTP side of the server, without any route yet: limits, headers, problems, log lines. */
export function createHttpApp(needs: HttpNeeds): {
  app: FastifyInstance
  routes: readonly KnownRoute[]
} {
  const app: FastifyInstance = Fastify({
    loggerInstance: needs.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // A caller may not choose what our log lines are found by.
    requestIdHeader: false,
    bodyLimit: jsonBytesMax,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    // Slow-loris: headers and body must arrive in bounded time.
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    clientErrorHandler: refuseBytes,
    frameworkErrors: (error, request, reply) => {
      reply.header('x-content-type-options', 'nosniff').header('x-request-id', request.id)
      void sendProblem(error, request, reply)
    },
  })
  app.setErrorHandler(sendProblem)
  app.removeContentTypeParser('text/plain')
  for (const type of [/^image\//, /^video\//, 'application/octet-stream']) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
  }
  app.addHook('onResponse', (request, reply, done) => {
    const level = reply.statusCode >= 500 ? 'error' : request.method === 'GET' ? 'debug' : 'info'
    const { method, routeOptions } = request
    // The route, never the address: addresses carry passes and tokens.
    const route = routeOptions.url ?? 'unknown'
    const { statusCode: status, elapsedTime } = reply
    request.log[level]({ method, route, status, ms: Math.round(elapsedTime) }, 'answered')
    done()
  })
  registerSecurityHeaders(app, needs)
  registerValidation(app)
  return { app, routes: registerNotFound(app, needs.pageAt) }
}
