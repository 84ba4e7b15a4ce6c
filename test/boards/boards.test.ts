import { arenaRegions, defaultArenaRegion } from '../../src/core/boards/arenaRegions';
import { boardById, boards, boardsByUsbId, boardsByVendor } from '../../src/core/boards/boards';
import { check } from '../support/check';

/**
 * One row for each board: id, core, MHz, default memory of the arena with its bytes, flash for an application, default
 * -O.
 */
const rows: readonly (readonly [string, string, number, string, number, number | undefined, string])[] = [
  ['ambiq_apollo510_evb', 'cortex-m55', 250, 'SSRAM', 2097152, 4128768, 'Os'],
  ['arduino_giga_r1', 'cortex-m7', 480, 'AXISRAM', 523624, 786432, 'Os'],
  ['arduino_mkr_zero', 'cortex-m0plus', 48, 'RAM', 32768, 262144, 'Os'],
  ['arduino_nano33ble', 'cortex-m4f', 64, 'RAM', 261632, 983040, 'Os'],
  ['arduino_nano33ble_sense_rev1', 'cortex-m4f', 64, 'RAM', 261632, 983040, 'Os'],
  ['arduino_nano33ble_sense_rev2', 'cortex-m4f', 64, 'RAM', 261632, 983040, 'Os'],
  ['arduino_nano_esp32', 'xtensa-lx7', 240, 'SRAM1', 341760, 16777216, 'Os'],
  ['arduino_nano_matter', 'cortex-m33', 78, 'IRAM1', 262144, 1572864, 'Os'],
  ['arduino_nano_rp2040_connect', 'cortex-m0plus', 133, 'RAM', 262144, 16777216, 'Os'],
  ['arduino_nicla_sense_me', 'cortex-m4f', 64, 'RAM', 64288, 524288, 'Os'],
  ['arduino_nicla_vision', 'cortex-m7', 480, 'AXISRAM', 523624, 786432, 'Os'],
  ['arduino_portenta_c33', 'cortex-m33', 200, 'SRAM', 523624, 2097152, 'Os'],
  ['arduino_portenta_h7', 'cortex-m7', 480, 'AXISRAM', 523624, 786432, 'Os'],
  ['arduino_uno_r4_wifi', 'cortex-m4f', 48, 'SRAM1', 32768, 262144, 'Os'],
  ['arduino_zero', 'cortex-m0plus', 48, 'RAM', 32768, 262144, 'Os'],
  ['arm_mps2_an385', 'cortex-m3', 25, 'SSRAM2/3', 4194304, 4194304, 'O2'],
  ['arm_mps3_corstone300', 'cortex-m55', 25, 'DTCM', 524288, undefined, 'O2'],
  ['bbc_microbit_v2', 'cortex-m4f', 64, 'RAM', 131072, 524288, 'Os'],
  ['esp32_devkit', 'xtensa-lx6', 240, 'DRAM', 180736, 4194304, 'O3'],
  ['esp32_c3_devkit', 'riscv-rv32imc', 160, 'SRAM1', 320512, 4194304, 'O3'],
  ['esp32_p4_devkit', 'riscv-p4', 360, 'L2MEM', 581632, 16777216, 'O3'],
  ['esp32_s3_devkitc', 'xtensa-lx7', 240, 'SRAM1', 341760, 8388608, 'O3'],
  ['cy8cproto_062_4343w', 'cortex-m4f', 150, 'IRAM1', 1048576, 2097152, 'Os'],
  ['frdm_k64f', 'cortex-m4f', 120, 'SRAM_U', 196608, 1048576, 'Os'],
  ['frdm_mcxn947', 'cortex-m33', 150, 'SRAM+SRAMH', 425984, 2097152, 'Os'],
  ['lpc55s69_evk', 'cortex-m33', 150, 'SRAM+SRAM4', 278528, 645120, 'Os'],
  ['mimxrt1060_evk', 'cortex-m7', 600, 'FlexRAM', 131072, 8388608, 'Os'],
  ['nrf52840dk', 'cortex-m4f', 64, 'RAM', 262144, 1048576, 'Os'],
  ['nrf5340dk', 'cortex-m33', 128, 'RAM0+RAM1', 524288, 1048576, 'Os'],
  ['nrf54l15dk', 'cortex-m33', 128, 'RAM', 262144, 1572864, 'Os'],
  ['teensy41', 'cortex-m7', 600, 'RAM1', 524288, 8126464, 'O2'],
  ['raspberry_pi_pico', 'cortex-m0plus', 133, 'RAM', 262144, 2097152, 'O3'],
  ['raspberry_pi_pico2', 'cortex-m33', 150, 'RAM', 524288, 4194304, 'O3'],
  ['raspberry_pi_pico2_riscv', 'riscv-hazard3', 150, 'RAM', 524288, 4194304, 'O3'],
  ['renesas_ek_ra6m4', 'cortex-m33', 200, 'SRAM1', 262144, 1048576, 'O2'],
  ['renesas_ek_ra8d1', 'cortex-m85', 480, 'SRAM', 917504, 2097152, 'O2'],
  ['renesas_ek_ra8m1', 'cortex-m85', 480, 'SRAM', 917504, 2064384, 'O2'],
  ['b_l475e_iot01a', 'cortex-m4f', 80, 'SRAM', 98304, 1048576, 'Os'],
  ['b_u585i_iot02a', 'cortex-m33', 160, 'SRAM+SRAM2+SRAM3', 786432, 2097152, 'Os'],
  ['nucleo_f401re', 'cortex-m4f', 84, 'SRAM', 98304, 524288, 'Os'],
  ['nucleo_f411re', 'cortex-m4f', 100, 'SRAM', 131072, 524288, 'Os'],
  ['nucleo_f446re', 'cortex-m4f', 180, 'SRAM', 131072, 524288, 'Os'],
  ['nucleo_g0b1re', 'cortex-m0plus', 64, 'SRAM', 147456, 524288, 'Os'],
  ['nucleo_g474re', 'cortex-m4f', 170, 'SRAM1+SRAM2+CCMRAM_DCODE', 131072, 524288, 'Os'],
  ['nucleo_h563zi', 'cortex-m33', 250, 'SRAM1+SRAM2+SRAM3', 655360, 2097152, 'Os'],
  ['nucleo_h743zi', 'cortex-m7', 400, 'AXISRAM', 524288, 2097152, 'Os'],
  ['nucleo_h7a3zi_q', 'cortex-m7', 280, 'AXISRAM', 1048576, 2097152, 'Os'],
  ['nucleo_l432kc', 'cortex-m4f', 80, 'SRAM+SRAM2', 65536, 262144, 'Os'],
  ['nucleo_l4r5zi', 'cortex-m4f', 120, 'SRAM', 655360, 2097152, 'Os'],
  ['nucleo_u385rg_q', 'cortex-m33', 96, 'SRAM+SRAM2', 262144, 1048576, 'Os'],
  ['nucleo_u575zi_q', 'cortex-m33', 160, 'SRAM+SRAM2+SRAM3', 786432, 2097152, 'Os'],
  ['stm32f746g_disco', 'cortex-m7', 216, 'DTCM+SRAM', 327680, 1048576, 'Os'],
  ['stm32h747i_disco', 'cortex-m7', 400, 'AXISRAM', 524288, 2097152, 'Os'],
  ['stm32n6570_dk', 'cortex-m55', 800, 'AXISRAM2', 523264, 134217728, 'Os'],
  ['seeed_wio_terminal', 'cortex-m4f', 120, 'RAM', 196608, 507904, 'Os'],
  ['seeed_xiao_esp32s3_sense', 'xtensa-lx7', 240, 'SRAM1', 341760, 8388608, 'Os'],
  ['seeed_xiao_nrf52840_sense', 'cortex-m4f', 64, 'RAM', 237568, 811008, 'O3'],
  ['seeeduino_xiao', 'cortex-m0plus', 48, 'RAM', 32768, 262144, 'Os'],
  ['silabs_xg24_dk2601b', 'cortex-m33', 78, 'IRAM1', 262144, 1572864, 'Os'],
  ['sparkfun_edge', 'cortex-m4f', 48, 'TCM+SRAM', 393216, 960000, 'Os'],
];

check(
  'facts of a board',
  (id: string) => {
    const board = boardById(id);
    const region = board && defaultArenaRegion(board);
    return [
      board?.core,
      (board?.clockHz.value ?? 0) / 1e6,
      region?.name,
      region?.bytes,
      (board?.applicationFlashBytes ?? board?.flashBytes)?.value,
      board?.defaultOptimization.value,
    ];
  },
  rows.map(([id, ...expected]) => ({ name: id, input: id, expected })),
);

check('every board has a row above', () => boards.map((board) => board.id).sort(), [
  { name: 'all ids', input: undefined, expected: rows.map(([id]) => id).sort() },
]);

check(
  'no memory inside the chip is larger than the largest contiguous one',
  () =>
    boards
      .filter((board) =>
        arenaRegions(board).some(
          (region) => region.kind !== 'psram' && region.bytes > board.largestContiguousRamBytes.value,
        ),
      )
      .map((board) => board.id),
  [{ name: 'all boards', input: undefined, expected: [] }],
);

check(
  'every figure says where it is from',
  () =>
    boards.flatMap((board) =>
      [board.clockHz, board.flashBytes, board.arenaRegion, ...board.ramRegions]
        .filter((figure) => figure !== undefined && figure.source.trim() === '')
        .map(() => board.id),
    ),
  [{ name: 'all boards', input: undefined, expected: [] }],
);

check(
  'boards by USB id',
  ([vendorId, productId]: readonly [number, number]) => boardsByUsbId(vendorId, productId).map((board) => board.id),
  [
    {
      name: 'a sketch on an Arduino Nano 33 BLE: the id does not tell revisions apart',
      input: [0x2341, 0x805a],
      expected: ['arduino_nano33ble', 'arduino_nano33ble_sense_rev1', 'arduino_nano33ble_sense_rev2'],
    },
    { name: 'a Teensy', input: [0x16c0, 0x0483], expected: ['teensy41'] },
    {
      name: 'a CP2102 bridge: any ESP32 board',
      input: [0x10c4, 0xea60],
      expected: ['esp32_devkit', 'esp32_c3_devkit', 'esp32_s3_devkitc'],
    },
    { name: 'an id of no board', input: [0xffff, 0xffff], expected: [] },
  ],
);

check('boards by vendor', () => boardsByVendor().map(({ vendor, boards: own }) => `${vendor} ${own.length}`), [
  {
    name: 'vendors in order, with their numbers of boards',
    input: undefined,
    expected: [
      'Ambiq 1',
      'Arduino 14',
      'Arm 2',
      'BBC 1',
      'Espressif 4',
      'Infineon 1',
      'NXP 4',
      'Nordic 3',
      'PJRC 1',
      'Raspberry Pi 3',
      'Renesas 3',
      'STMicroelectronics 17',
      'Seeed Studio 4',
      'Silicon Labs 1',
      'SparkFun 1',
    ],
  },
]);
