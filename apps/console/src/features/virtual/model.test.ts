import { expect, test } from 'vitest'
import { csvOfCodes } from './model.ts'

test('pasted lines become a sheet; blanks go, commas and quotes stay', () => {
  expect(csvOfCodes(' A-1 \n\nB,2\nC"3\n')).toBe('"Code"\r\n"A-1"\r\n"B,2"\r\n"C""3"')
})
