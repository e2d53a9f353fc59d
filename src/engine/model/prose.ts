/** What a person writes and the database keeps: no control characters but line ends and tabs, no half characters. */
export const prose = '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ud800-\\udfff]*$'
