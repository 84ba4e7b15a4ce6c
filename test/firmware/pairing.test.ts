import { Firmware } from '../../src/core/firmware/firmware';
import type { ValueOrigin } from '../../src/core/firmware/join/origins';
import { pairingsOf } from '../../src/core/firmware/join/pairing';
import { check } from '../support/check';
import { arduino, pico } from './corpus/bases';
import { changed } from './corpus/projects';
import type { Change, Project } from './corpus/corpus';

interface Input {
  readonly project: Project;
  readonly changes: readonly Change[];
}

/** `model + resolver + arena, size` of each interpreter; a question mark for what is not known. */
function pairs({ project, changes }: Input): readonly string[] {
  const files = changed(project.files, changes);
  const models = Object.keys(project.models).map((place) => {
    const [path, array] = place.split(' ');
    return { path, array };
  });
  return pairingsOf(new Firmware(new Map(Object.entries(files))), models).map((pairing) => {
    const resolvers = pairing.resolvers.map(({ name }) => name).join('|');
    const arena = pairing.arena?.origins.map(nameOf).join('|');
    const shared = pairing.arena?.isShared === true ? ' shared' : '';
    return `${pairing.models.map(({ array }) => array).join('|')} + ${resolvers} + ${arena ?? '?'}, ${pairing.arena?.size?.value ?? '?'}${shared}`;
  });
}

function nameOf(origin: ValueOrigin): string {
  if (origin.kind === 'variable') return origin.variable.variable.name;
  return origin.kind === 'unknown' ? '?' : origin.kind;
}

const ino = 'sketch/sketch.ino';
const cpp = 'src/classifier.cpp';
const hpp = 'src/classifier.hpp';

check('what serves an interpreter', pairs, [
  { name: 'a sketch', input: { project: arduino, changes: [] }, expected: ['g_model + resolver + tensor_arena, 784'] },
  {
    name: 'an allocator over an arena that is made in parentheses',
    input: {
      project: arduino,
      changes: [
        [
          ino,
          '  static tflite::MicroInterpreter static_interpreter(model, resolver, tensor_arena, kTensorArenaSize);',
          `  tflite::MicroAllocator* allocator(
      tflite::MicroAllocator::Create(tensor_arena, kTensorArenaSize));
  static tflite::MicroInterpreter static_interpreter(model, resolver, allocator);`,
        ],
      ],
    },
    expected: ['g_model + resolver + tensor_arena, 784 shared'],
  },
  {
    name: 'an allocator that is set elsewhere',
    input: {
      project: arduino,
      changes: [
        [ino, 'TfLiteTensor* input', 'tflite::MicroAllocator* allocator = nullptr;\nTfLiteTensor* input'],
        [
          ino,
          '  static tflite::MicroInterpreter static_interpreter(model, resolver, tensor_arena, kTensorArenaSize);',
          `  allocator = tflite::MicroAllocator::Create(tensor_arena, kTensorArenaSize);
  static tflite::MicroInterpreter static_interpreter(model, resolver, allocator);`,
        ],
      ],
    },
    expected: ['g_model + resolver + tensor_arena, 784 shared'],
  },
  {
    name: "members of the names of the constructor's parameters",
    input: {
      project: pico,
      changes: [
        [
          hpp,
          'tflite::MicroInterpreter interpreter_;',
          'const unsigned char* data;\n  tflite::MicroInterpreter* made;',
        ],
        [cpp, ': interpreter_(tflite::GetModel(data), resolver_, arena_, kArena) {', ': data(data) {'],
        [
          cpp,
          '  return interpreter_.AllocateTensors',
          '  made = new tflite::MicroInterpreter(tflite::GetModel(this->data), resolver_, arena_, kArena);\n  return made->AllocateTensors',
        ],
      ],
    },
    expected: ['model_tflite + resolver_ + arena_, 784'],
  },
  {
    name: 'a resolver that auto is a copy of',
    input: {
      project: arduino,
      changes: [
        [ino, 'tflite::MicroMutableOpResolver<2> resolver;', 'auto resolver = tflite::MicroMutableOpResolver<2>();'],
      ],
    },
    expected: ['g_model + resolver + tensor_arena, 784'],
  },
  {
    name: 'a resolver and an interpreter in std::optional',
    input: {
      project: arduino,
      changes: [
        [
          ino,
          'static tflite::MicroMutableOpResolver<2> resolver;',
          'static std::optional<tflite::MicroMutableOpResolver<2>> resolver;\n  resolver.emplace();',
        ],
        [ino, 'resolver.AddFully', 'resolver->AddFully'],
        [ino, 'resolver.AddSoft', 'resolver->AddSoft'],
        [
          ino,
          'static tflite::MicroInterpreter static_interpreter(model, resolver, tensor_arena, kTensorArenaSize);',
          'static std::optional<tflite::MicroInterpreter> static_interpreter;\n  static_interpreter.emplace(model, *resolver, tensor_arena, kTensorArenaSize);',
        ],
        [ino, '&static_interpreter', '&*static_interpreter'],
      ],
    },
    expected: ['g_model + resolver + tensor_arena, 784'],
  },
  {
    name: 'a resolver in std::unique_ptr that is made later',
    input: {
      project: arduino,
      changes: [
        [
          ino,
          'TfLiteTensor* input',
          'std::unique_ptr<tflite::MicroMutableOpResolver<2>> resolver;\nTfLiteTensor* input',
        ],
        [
          ino,
          'static tflite::MicroMutableOpResolver<2> resolver;',
          'resolver.reset(new tflite::MicroMutableOpResolver<2>());',
        ],
        [ino, 'resolver.AddFully', 'resolver->AddFully'],
        [ino, 'resolver.AddSoft', 'resolver->AddSoft'],
        [ino, '(model, resolver, tensor', '(model, *resolver, tensor'],
      ],
    },
    expected: ['g_model + MicroMutableOpResolver + tensor_arena, 784'],
  },
  {
    name: 'an arena in std::unique_ptr and a vector of bytes',
    input: {
      project: arduino,
      changes: [
        [
          ino,
          'alignas(16) uint8_t tensor_arena[kTensorArenaSize];',
          'std::unique_ptr<uint8_t[]> tensor_arena = std::make_unique<uint8_t[]>(kTensorArenaSize);',
        ],
        [ino, 'resolver, tensor_arena,', 'resolver, tensor_arena.get(),'],
      ],
    },
    expected: ['g_model + resolver + heap, 784'],
  },
  {
    name: 'an arena in std::vector',
    input: {
      project: arduino,
      changes: [
        [
          ino,
          'alignas(16) uint8_t tensor_arena[kTensorArenaSize];',
          'std::vector<uint8_t> tensor_arena(kTensorArenaSize);',
        ],
        [ino, 'resolver, tensor_arena, kTensorArenaSize', 'resolver, tensor_arena.data(), tensor_arena.size()'],
      ],
    },
    expected: ['g_model + resolver + tensor_arena, 784'],
  },
  {
    name: 'adds and resolver through a lambda and a macro',
    input: {
      project: arduino,
      changes: [
        [ino, 'void setup() {', '#define ADD_OP(r, op) if (r.Add##op() != kTfLiteOk) return\nvoid setup() {'],
        [ino, '  if (resolver.AddFullyConnected() != kTfLiteOk) return;', '  ADD_OP(resolver, FullyConnected);'],
      ],
    },
    expected: ['g_model + resolver + tensor_arena, 784'],
  },
]);
