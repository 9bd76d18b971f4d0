import { AppError, type ErrorData } from '@kaibo/kernel/fail'
import type { ErrorCode } from '../api.ts'

/** The expected failure `code`; throw it: `throw fail('order.not_found')`. */
export const fail = (code: ErrorCode, data: ErrorData = {}): AppError => new AppError(code, data)
