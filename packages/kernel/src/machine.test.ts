import { expect, test } from 'vitest'
import { machine } from './machine.ts'

const door = machine('shut', {
  shut: { open: 'ajar' },
  ajar: { close: 'shut', remove: 'gone' },
  gone: {},
})

test('an event is legal only where an edge begins', () => {
  expect(door.can('shut', 'open')).toBe(true)
  expect(door.can('gone', 'open')).toBe(false)
  expect(door.next('ajar', 'remove')).toBe('gone')
  expect(door.next('shut', 'remove')).toBeUndefined()
})

test('a compare-and-set asks for the sources and the target of an event', () => {
  expect(door.sources('close')).toEqual(['ajar'])
  expect(door.target('close')).toBe('shut')
})

test('an edge to nowhere and an event with two targets are refused at once', () => {
  expect(() => machine('a', { a: { go: 'b' } })).toThrow('no such state')
  expect(() => machine('a', { a: { go: 'b' }, b: { go: 'a' } })).toThrow('leads to')
})

test('the diagram shows every edge', () => {
  expect(door.diagram().split('\n')).toEqual([
    'stateDiagram-v2',
    '  [*] --> shut',
    '  shut --> ajar: open',
    '  ajar --> shut: close',
    '  ajar --> gone: remove',
  ])
})
