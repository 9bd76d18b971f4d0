import { expect, test } from 'vitest'
import { codeDigits, phoneDigits, spacedPhone } from './digits.ts'

test('a pasted number loses its country code and its spaces', () => {
  expect(phoneDigits('+86 138-0013-8000')).toBe('13800138000')
  expect(phoneDigits('0086 138 0013 8000')).toBe('13800138000')
  expect(phoneDigits('8613800138000')).toBe('13800138000')
  expect(phoneDigits('138 0013 8')).toBe('13800138')
})

test('a number shows in three groups, also half typed', () => {
  expect(spacedPhone('1380')).toBe('138 0')
  expect(spacedPhone('13800138000')).toBe('138 0013 8000')
})

test('a code is found in a pasted text message', () => {
  expect(codeDigits('【开播】验证码 123 456，5分钟内有效', 6)).toBe('123456')
})
