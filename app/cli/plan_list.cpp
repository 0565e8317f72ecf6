#include "app/cli/plan_list.h"

#include "app/cli/json_stream.h"

#include <string>

namespace octavo::cli {

using core::SavePlan;

namespace {

std::string lineOf(const SavePlan& plan) {
    std::string line(nameOf(plan.strategy));
    if (plan.obstacle) {
        return line + ": cannot be taken: " + std::string(describe(*plan.obstacle)) + '\n';
    }
    line += ": writes " + std::to_string(plan.bytesToWrite) + " bytes";
    if (plan.journalBytes > 0) {
        line +=
            plan.journalIsBeside ? ", and before them " : ", and before them in your state folder ";
        line += std::to_string(plan.journalBytes) + " of a journal";
    }
    if (plan.bytesShared > 0) {
        line += ", shares " + std::to_string(plan.bytesShared);
    }
    line += "; " + std::string(describe(plan.safety));
    for (const core::SaveLoss loss : plan.losses) {
        line += "; " + std::string(describe(loss));
    }
    return line + '\n';
}

void putJson(const SavePlan& plan, JsonStream& json) {
    json.beginObject();
    json.key("strategy");
    json.value(nameOf(plan.strategy));
    json.key("applies");
    json.flag(plan.applies());
    json.key("bytesToWrite");
    json.value(plan.bytesToWrite);
    json.key("bytesShared");
    json.value(plan.bytesShared);
    json.key("journalBytes");
    json.value(plan.journalBytes);
    json.key("journalIsBeside");
    json.flag(plan.journalIsBeside);
    json.key("roomNeeded");
    json.value(plan.roomNeeded);
    json.key("safety");
    json.value(describe(plan.safety));
    json.key("losses");
    json.beginArray();
    for (const core::SaveLoss loss : plan.losses) {
        json.value(describe(loss));
    }
    json.end();
    if (plan.obstacle) {
        json.key("obstacle");
        json.value(describe(*plan.obstacle));
    }
    json.end();
}

}  // namespace

void listPlans(const std::vector<SavePlan>& plans, bool asJson, Output& output) {
    if (!asJson) {
        for (const SavePlan& plan : plans) {
            output.write(lineOf(plan));
        }
        return;
    }
    JsonStream json(output);
    json.beginArray();
    for (const SavePlan& plan : plans) {
        putJson(plan, json);
    }
    json.end();
}

}  // namespace octavo::cli
