import { expect, test } from 'vitest'
import {
  carrierCodes,
  carrierFor,
  carrierOf,
  isWaybillOf,
  normalWaybill,
  waybillExamples,
} from './waybill.ts'

test.each(carrierCodes.map(code => [code]))('the example for %s is one of its numbers', code => {
  expect(isWaybillOf(code, waybillExamples[code])).toBe(true)
})

test('a number is read as it is pasted: gaps, small or full-width letters', () => {
  expect(normalWaybill(' sf 1234-5678 90123\n')).toBe('SF1234567890123')
  expect(normalWaybill('ＳＦ１２３４５６７８９０１２３')).toBe('SF1234567890123')
})

test('a number of another carrier is refused before it is sent', () => {
  expect(isWaybillOf('sf', 'YT1234567890123')).toBe(false)
  expect(isWaybillOf('sf', 'SF123')).toBe(false)
})

test('a scanned number finds the only carrier that has such numbers', () => {
  expect(carrierFor('YT1234567890123', 'sf')).toBe('yto')
  expect(carrierFor('EA123456789CN', 'sf')).toBe('ems')
})

test('a number that several carriers may have leaves the choice alone', () => {
  expect(carrierFor('731234567890', 'sf')).toBe('sf')
  expect(carrierFor('731234567890', 'sto')).toBe('sto')
})

test('a carrier that does not exist is none', () => {
  expect(carrierOf('pigeon')).toBeUndefined()
})
