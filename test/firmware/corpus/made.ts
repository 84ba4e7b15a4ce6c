import { arduino, pico, twoModels } from './bases';
import type { Change, CorpusRow, Project } from './corpus';

const ino = 'sketch/sketch.ino';
const resolverLines = `  static tflite::MicroMutableOpResolver<2> resolver;
  if (resolver.AddFullyConnected() != kTfLiteOk) return;
  if (resolver.AddSoftmax() != kTfLiteOk) return;
`;
const pointerAdds = `  if (resolver->AddFullyConnected() != kTfLiteOk) return;
  if (resolver->AddSoftmax() != kTfLiteOk) return;
`;
const passed: Change = [ino, '(model, resolver, tensor_arena', '(model, *resolver, tensor_arena'];

/** A class that is derived from a resolver and adds to itself. */
const derived: Project = {
  models: arduino.models,
  files: {
    ...arduino.files,
    'sketch/ops.h': `#pragma once
class KeywordOps : public tflite::MicroMutableOpResolver<2> {
 public:
  KeywordOps() {
    TFLITE_CHECK_EQ(AddFullyConnected(), kTfLiteOk);
    TFLITE_CHECK_EQ(this->AddSoftmax(), kTfLiteOk);
  }
};
`,
    'sketch/sketch.ino': arduino.files[ino]
      .replace('#include "model.h"', '#include "model.h"\n#include "ops.h"')
      .replace(resolverLines, '  static KeywordOps resolver;\n'),
  },
};

/** A template that is given its sizes where it is used. */
export const templated: Project = {
  models: { 'src/model.cpp model_tflite': 'dense' },
  files: {
    'src/model.h': pico.files['src/model.h'],
    'src/model.cpp': pico.files['src/model.cpp'],
    'src/runner.hpp': `#pragma once
template <size_t kBytes, unsigned int kOps = 2>
class Runner {
 public:
  explicit Runner(const uint8_t* data) : interpreter_(tflite::GetModel(data), ops_, arena_, kBytes) {}
  TfLiteStatus begin() {
    TF_LITE_ENSURE_STATUS(ops_.AddFullyConnected());
    TF_LITE_ENSURE_STATUS(ops_.AddSoftmax());
    return interpreter_.AllocateTensors();
  }

 private:
  alignas(16) uint8_t arena_[kBytes];
  tflite::MicroMutableOpResolver<kOps> ops_;
  tflite::MicroInterpreter interpreter_;
};
`,
    'src/main.cpp': `#include "model.h"
#include "runner.hpp"
static Runner<784> runner(model_tflite);
int main() {
  return runner.begin() == kTfLiteOk ? 0 : 1;
}
`,
  },
};

/** A class within a class, each constructed by the one around it. */
const nested: Project = {
  models: pico.models,
  files: {
    ...pico.files,
    'src/app.hpp': `#pragma once
#include "classifier.hpp"
class App {
 public:
  App(const unsigned char* model);

 private:
  Classifier inner_;
};
`,
    'src/app.cpp': '#include "app.hpp"\nApp::App(const unsigned char* model) : inner_(model) {}\n',
    'src/main.cpp': `#include "app.hpp"
#include "model.h"
int main() {
  static App app(model_tflite);
}
`,
  },
};

/** Resolvers and interpreters that are made while the program runs, or lie in classes and templates. */
export const madeRows: readonly CorpusRow[] = [
  {
    name: 'a resolver of new that is right',
    project: arduino,
    changes: [
      [ino, resolverLines, `  auto* resolver = new tflite::MicroMutableOpResolver<2>();\n${pointerAdds}`],
      passed,
    ],
    expected: [],
  },
  {
    name: 'a resolver of new that lacks an operator',
    project: arduino,
    changes: [
      [
        ino,
        resolverLines,
        '  tflite::MicroMutableOpResolver<1>* resolver = new tflite::MicroMutableOpResolver<1>();\n  if (resolver->AddFullyConnected() != kTfLiteOk) return;\n',
      ],
      passed,
    ],
    expected: [`error firmware-operator-missing ${ino}:15`],
    says: 'not added to resolver',
    fixed: [
      [
        ino,
        'AddFullyConnected() != kTfLiteOk) return;',
        'AddFullyConnected() != kTfLiteOk) return;\n  if (resolver->AddSoftmax() != kTfLiteOk) return;',
      ],
      [
        ino,
        '  tflite::MicroMutableOpResolver<1>* resolver = new tflite::MicroMutableOpResolver<1>()',
        '  tflite::MicroMutableOpResolver<2>* resolver = new tflite::MicroMutableOpResolver<2>()',
      ],
    ],
  },
  {
    name: 'a resolver of make_unique without room',
    project: arduino,
    changes: [
      [
        ino,
        resolverLines,
        `  static auto resolver = std::make_unique<tflite::MicroMutableOpResolver<1>>();\n${pointerAdds}`,
      ],
      passed,
    ],
    expected: [`error firmware-resolver-room ${ino}:15`],
    fixed: [[ino, 'MicroMutableOpResolver<1>>', 'MicroMutableOpResolver<2>>']],
  },
  {
    name: 'a resolver placed in a buffer, known by its base class',
    project: arduino,
    changes: [
      [
        ino,
        resolverLines,
        `  static uint8_t memory[sizeof(tflite::MicroMutableOpResolver<3>)];
  auto* made = new (memory) tflite::MicroMutableOpResolver<3>();
  made->AddFullyConnected();
  if (made->AddSoftmax() != kTfLiteOk) return;
  tflite::MicroOpResolver* resolver = made;
`,
      ],
      passed,
    ],
    expected: [`information firmware-resolver-room ${ino}:16`, `hint firmware-add-status-dropped ${ino}:17`],
    fixed: [
      [ino, '= new (memory) tflite::MicroMutableOpResolver<3>', '= new (memory) tflite::MicroMutableOpResolver<2>'],
    ],
  },
  {
    name: 'a resolver that a function gives by reference',
    project: arduino,
    changes: [
      [
        ino,
        'void setup() {',
        `const tflite::MicroOpResolver& Operators() {
  static tflite::MicroMutableOpResolver<2> all;
  static bool done = all.AddFullyConnected() == kTfLiteOk;
  return all;
}

void setup() {`,
      ],
      [ino, resolverLines, '  const tflite::MicroOpResolver& resolver = Operators();\n'],
    ],
    expected: [`error firmware-operator-missing ${ino}:14`, `information firmware-resolver-room ${ino}:14`],
    says: 'SOFTMAX',
    fixed: [
      [
        ino,
        '  static bool done = all.AddFullyConnected() == kTfLiteOk;',
        '  static bool done = all.AddFullyConnected() == kTfLiteOk;\n  all.AddSoftmax();',
      ],
    ],
  },
  {
    name: 'a resolver that a function gives by pointer, all operators',
    project: arduino,
    changes: [
      [
        ino,
        'void setup() {',
        '#include "tensorflow/lite/micro/all_ops_resolver.h"\ntflite::MicroOpResolver* operators() {\n  return new tflite::AllOpsResolver();\n}\n\nvoid setup() {',
      ],
      [ino, resolverLines, ''],
      [ino, '(model, resolver, tensor_arena', '(model, *operators(), tensor_arena'],
    ],
    expected: [`warning firmware-all-operators ${ino}:15`],
    says: 'FULLY_CONNECTED, SOFTMAX',
  },
  {
    name: 'a pointer to all operators',
    project: arduino,
    changes: [
      [ino, resolverLines, '  static tflite::AllOpsResolver* resolver = new tflite::AllOpsResolver;\n'],
      passed,
    ],
    expected: [`warning firmware-all-operators ${ino}:15`],
    fixed: [
      [
        ino,
        'static tflite::AllOpsResolver* resolver = new tflite::AllOpsResolver;',
        'static tflite::MicroMutableOpResolver<2>* resolver = new tflite::MicroMutableOpResolver<2>;\n  resolver->AddFullyConnected();\n  resolver->AddSoftmax();',
      ],
    ],
  },
  {
    name: 'a resolver that a function gives by value is right',
    project: arduino,
    changes: [
      [
        ino,
        'void setup() {',
        `tflite::MicroMutableOpResolver<2> makeOps() {
  tflite::MicroMutableOpResolver<2> ops;
  if (ops.AddFullyConnected() != kTfLiteOk) return ops;
  if (ops.AddSoftmax() != kTfLiteOk) return ops;
  return ops;
}

void setup() {`,
      ],
      [ino, resolverLines, '  static tflite::MicroMutableOpResolver<2> resolver = makeOps();\n'],
    ],
    expected: [],
  },
  { name: 'a class that is derived from a resolver is right', project: derived, expected: [] },
  {
    name: 'a class that is derived from a resolver and lacks an operator',
    project: derived,
    changes: [
      ['sketch/ops.h', '    TFLITE_CHECK_EQ(this->AddSoftmax(), kTfLiteOk);\n', ''],
      ['sketch/ops.h', '<2>', '<1>'],
    ],
    expected: [`error firmware-operator-missing ${ino}:16`],
    fixed: [
      [
        'sketch/ops.h',
        '    TFLITE_CHECK_EQ(AddFullyConnected(), kTfLiteOk);',
        '    TFLITE_CHECK_EQ(AddFullyConnected(), kTfLiteOk);\n    TFLITE_CHECK_EQ(AddSoftmax(), kTfLiteOk);',
      ],
      ['sketch/ops.h', '<1>', '<2>'],
    ],
  },
  { name: 'a template with its sizes is right', project: templated, expected: [] },
  {
    name: 'a template that is given too small an arena',
    project: templated,
    changes: [['src/main.cpp', 'Runner<784>', 'Runner<512>']],
    expected: ['error firmware-arena-too-small src/main.cpp:3'],
    fixed: [['src/main.cpp', 'Runner<512>', 'Runner<784>']],
  },
  {
    name: 'a template whose default leaves no room',
    project: templated,
    changes: [['src/runner.hpp', 'kOps = 2', 'kOps = 1']],
    expected: ['error firmware-resolver-room src/runner.hpp:14'],
    fixed: [['src/runner.hpp', 'kOps = 1', 'kOps = 2']],
  },
  {
    name: 'a template that is used with two sizes',
    project: templated,
    changes: [['src/main.cpp', 'static Runner<784>', 'static Runner<512> small(model_tflite);\nstatic Runner<9000>']],
    expected: [],
  },
  { name: 'a class within a class is right', project: nested, expected: [] },
  {
    name: 'a class within a class with too small an arena',
    project: nested,
    changes: [['src/classifier.hpp', '784', '768']],
    expected: ['error firmware-arena-too-small src/classifier.hpp:8'],
    fixed: [['src/classifier.hpp', '768', '784']],
  },
  {
    name: 'members that are made on the heap are right',
    project: pico,
    changes: [
      [
        'src/classifier.hpp',
        'tflite::MicroMutableOpResolver<2> resolver_',
        'std::unique_ptr<tflite::MicroMutableOpResolver<2>> resolver_',
      ],
      [
        'src/classifier.hpp',
        'tflite::MicroInterpreter interpreter_',
        'std::unique_ptr<tflite::MicroInterpreter> interpreter_',
      ],
      [
        'src/classifier.cpp',
        '    : interpreter_(tflite::GetModel(data), resolver_, arena_, kArena) {\n  TFLITE_CHECK_EQ(resolver_.Add',
        `    : resolver_(new tflite::MicroMutableOpResolver<2>) {
  interpreter_.reset(new tflite::MicroInterpreter(tflite::GetModel(data), *resolver_, arena_, kArena));
  TFLITE_CHECK_EQ(resolver_->Add`,
      ],
      ['src/classifier.cpp', 'resolver_.AddSoftmax', 'resolver_->AddSoftmax'],
      ['src/classifier.cpp', 'interpreter_.Alloc', 'interpreter_->Alloc'],
    ],
    expected: [],
  },
  {
    name: 'a member that is made on the heap lacks an operator',
    project: pico,
    changes: [
      [
        'src/classifier.hpp',
        'tflite::MicroMutableOpResolver<2> resolver_',
        'std::unique_ptr<tflite::MicroOpResolver> resolver_',
      ],
      [
        'src/classifier.hpp',
        'tflite::MicroInterpreter interpreter_;',
        'alignas(tflite::MicroInterpreter) uint8_t memory_[sizeof(tflite::MicroInterpreter)];\n  tflite::MicroInterpreter* interpreter_;',
      ],
      [
        'src/classifier.cpp',
        '    : interpreter_(tflite::GetModel(data), resolver_, arena_, kArena) {\n  TFLITE_CHECK_EQ(resolver_.AddFullyConnected(), kTfLiteOk);\n}',
        `{
  auto ops = std::make_unique<tflite::MicroMutableOpResolver<4>>();
  TFLITE_CHECK_EQ(ops->AddFullyConnected(), kTfLiteOk);
  resolver_ = std::move(ops);
  interpreter_ = new (memory_) tflite::MicroInterpreter(tflite::GetModel(data), *resolver_, arena_, kArena);
}`,
      ],
      ['src/classifier.cpp', '  if (resolver_.AddSoftmax() != kTfLiteOk) {\n    return false;\n  }\n', ''],
      ['src/classifier.cpp', 'interpreter_.Alloc', 'interpreter_->Alloc'],
    ],
    expected: [
      'error firmware-operator-missing src/classifier.cpp:4',
      'information firmware-resolver-room src/classifier.cpp:4',
    ],
    fixed: [
      [
        'src/classifier.cpp',
        'AddFullyConnected(), kTfLiteOk);',
        'AddFullyConnected(), kTfLiteOk);\n  TFLITE_CHECK_EQ(ops->AddSoftmax(), kTfLiteOk);',
      ],
    ],
  },
  {
    name: 'a factory with a switch may give either resolver',
    project: twoModels,
    changes: [
      [
        'app/main.cpp',
        'int main() {',
        'static tflite::MicroOpResolver& chosen(bool first) {\n  if (first) return ops_a;\n  return ops_b;\n}\nint main() {',
      ],
      ['app/main.cpp', 'GetModel(model_a), ops_a,', 'GetModel(model_a), chosen(true),'],
    ],
    expected: [],
  },
];
