// Calls whose answer would point into something that is gone must not compile, each next to a twin that does.
#include <utility>

#include "postmoney/answer/resolved_company.hpp"

using postmoney::Dossier;

namespace {

template <typename D>
concept Resolves = requires(D dossier) {
    resolve(std::forward<D>(dossier));
};

}  // namespace

static_assert(Resolves<const Dossier&>);
static_assert(Resolves<Dossier&>);
static_assert(!Resolves<Dossier>);
static_assert(!Resolves<const Dossier>);
