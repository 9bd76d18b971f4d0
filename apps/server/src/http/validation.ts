import type { EndpointDef } from '@kaibo/contract/core/endpoint'
import { fail } from '@kaibo/contract/core/fail'
import { Ajv } from 'ajv'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

/**
 * Judges what comes in by the schemas of the contract: unknown fields are refused, bodies are taken
 * as they are, path and query arrive as text and are converted.
 */
export function registerValidation(app: FastifyInstance): void {
  app.setValidatorCompiler(validatorCompiler())
  app.addHook('preValidation', (request, _reply, done) => {
    const { body } = request
    if (typeof body === 'object' && body !== null && !(body instanceof Uint8Array)) {
      cleanTexts(body, bodyDepthMax)
    }
    done()
  })
}

/** What a route takes; a part that it does not declare must be empty. */
export const schemaOf = (def: EndpointDef) => ({
  params: def.params ?? nothing,
  querystring: def.query ?? nothing,
  ...(def.body === 'bytes' || def.method === 'GET' ? {} : { body: def.body ?? noBody }),
  ...(def.reply === 'bytes' ? {} : { response: { 200: def.reply } }),
})

const nothing = { type: 'object', additionalProperties: false }
const noBody = { anyOf: [nothing, { type: 'null' }] }

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
    ajv.addFormat('date-time', isInstant).addFormat('date', isDay).addFormat('uuid', uuidPattern)
  return ({ schema, httpPart }) => (httpPart === 'body' ? exact : fromText).compile(schema)
}

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/
const isInstant = (text: string) => instantPattern.test(text) && !Number.isNaN(Date.parse(text))
/** A day that exists: `2026-02-30` parses to another one. */
const isDay = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text)
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Deeper than any body of the contract. */
const bodyDepthMax = 8

/**
 * Cuts the blanks around every text that people type, before its length is judged, and mends halves
 * of characters. PostgreSQL cannot keep NUL, wherever it hides: it is refused here, once.
 */
function cleanTexts(value: object, depthLeft: number): void {
  if (depthLeft === 0) throw fail('request.invalid', { part: 'body', rule: 'depth' })
  const fields = value as Record<string, unknown>
  for (const [key, field] of Object.entries(fields)) {
    if (key.includes('\0')) throw fail('request.invalid', { part: 'body', rule: 'control' })
    if (typeof field === 'string') fields[key] = cleanText(field)
    else if (typeof field === 'object' && field !== null) cleanTexts(field, depthLeft - 1)
  }
}

/** Would turn the direction of what stands around the text: a comment could rewrite its neighbours. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g

function cleanText(text: string): string {
  if (text.includes('\0')) throw fail('request.invalid', { part: 'body', rule: 'control' })
  return text.toWellFormed().replaceAll(directionMarks, '').trim()
}
