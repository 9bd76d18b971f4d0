import type { EndpointDef } from '@kaibo/contract/core/endpoint'
import fc from 'fast-check'

type Schema = Readonly<Record<string, unknown>>
type Fields = Readonly<Record<string, unknown>>

export type Seeds = {
  /** Ids of things that are there. */
  known: readonly string[]
  /** Fields of a call that works. */
  sound: Fields
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** What people, programs and attackers might put into any field. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e21,
    2 ** 53,
    '',
    ' ',
    [],
    {},
    [[]],
    [null],
  ),
  fc.constantFrom(
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\u202e',
    '🛒'.repeat(200),
    "' or 1=1 --",
    '../../x',
  ),
  fc.constantFrom('%', '_', '\\', '__proto__', 'constructor', '9'.repeat(400), '1e400', 'NaN'),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Calls of an endpoint: sound ones, ones after the schema, and either with a field broken. */
export function inputOf(def: EndpointDef, { known, sound }: Seeds): fc.Arbitrary<Fields> {
  if (def.body === 'bytes') {
    return fc.uint8Array({ maxLength: 2_000 }).map(bytes => ({ bytes }))
  }
  const parts = [def.params, def.query, def.body].filter(isSchema)
  const shaped = fc
    .tuple(...parts.map(part => valueFor(part, known)))
    .map(values => Object.assign({}, ...values.filter(isSchema)))
  const base = fc.oneof(fc.constant(sound), shaped)
  const names = [...Object.keys(sound), 'extra', 'id', 'shopId']
  const broken = fc
    .tuple(base, fc.constantFrom(...names), junk)
    .map(([fields, name, value]) => ({ ...fields, [name]: value }))
  const without = fc
    .tuple(base, fc.constantFrom(...names))
    .map(([fields, name]) => ({ ...fields, [name]: undefined }))
  return fc.oneof({ weight: 3, arbitrary: base }, { weight: 4, arbitrary: broken }, without)
}

/** Values that a schema allows. */
function valueFor(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const choices = [...listOf(schema.anyOf), ...listOf(schema.oneOf)].filter(isSchema)
  if (choices.length > 0) return fc.oneof(...choices.map(choice => valueFor(choice, known)))
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const min = Number(schema.minimum ?? 0)
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known)
    case 'array':
      return isSchema(schema.items)
        ? fc.array(valueFor(schema.items, known), { maxLength: 3 })
        : fc.constant([])
    case 'integer':
    case 'number':
      return fc.integer({ min, max: Math.min(Number(schema.maximum ?? 1e6), 2 ** 31 - 1) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return textOf(schema, known)
  }
}

function objectOf(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const { properties, patternProperties } = schema
  if (isSchema(patternProperties)) {
    const [value] = Object.values(patternProperties).filter(isSchema)
    return value
      ? fc.dictionary(fc.string({ maxLength: 10 }), valueFor(value, known), { maxKeys: 3 })
      : fc.constant({})
  }
  const fields = Object.entries(isSchema(properties) ? properties : {}).filter(
    (entry): entry is [string, Schema] => isSchema(entry[1]),
  )
  const shapes = Object.fromEntries(fields.map(([name, field]) => [name, valueFor(field, known)]))
  return fc.record(shapes, { requiredKeys: listOf(schema.required).map(String) })
}

function textOf({ pattern, maxLength }: Schema, known: readonly string[]): fc.Arbitrary<string> {
  if (typeof pattern === 'string' && pattern.includes('[89ab]'))
    return fc.oneof(fc.constantFrom(...known), fc.uuid({ version: 7 }))
  const max = Math.min(Number(maxLength ?? 60), 200)
  if (typeof pattern === 'string') {
    return fc.stringMatching(new RegExp(pattern)).map(text => text.slice(0, max))
  }
  return fc.string({ unit: 'grapheme', maxLength: max })
}
