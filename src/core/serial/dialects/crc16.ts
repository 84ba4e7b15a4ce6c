/**
 * CRC-16/IBM-3740 ("CCITT-FALSE": polynomial 0x1021, start 0xFFFF) of a text's UTF-16 units as bytes; of "123456789" it
 * is 0x29B1.
 */
export function crc16(text: string): number {
  let crc = 0xffff;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= (text.charCodeAt(index) & 0xff) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
